"""Forms in which words steer whoever reads them: what makes a rule of corpus.instructions, and the forms by kind.

Each form is one thing that is done to a reading program (what it was told is made void, it is addressed, given a part
to play, told whom to rank where …), in the three languages side by side, so that a wording of one is looked for in all.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A form that instructions take.

    Attributes:
        words: One of these stands, in lower case, in whatever has that form: most lines have none, which is soon seen.
        begins: Whether the form begins a sentence.
    """

    reason: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    begins: bool = False


def rule(reason: str, words: str, pattern: str, *, begins: bool = False) -> Rule:
    """A rule; its words are parted by bars, its pattern knows no case."""
    return Rule(reason, tuple(words.split("|")), re.compile(pattern, re.IGNORECASE), begins)


OVERRIDES = "overrides the reader's instructions"
ROLE = "gives the reader a role"
LEAKS = "asks for the reader's own instructions"
PROGRAM = "speaks to a program"
SECRECY = "asks to keep something from the user"
DICTATES = "dictates an answer"
TOKENS = "holds a model's control tokens"
CALLS = "imitates a call of a tool"
SENDS = "has data sent to an address"
ANNOUNCES = "announces new instructions"

_ORDERS = r"(?:instructions?|guidance|guidelines?|rules|polic(?:y|ies)|restrictions?|prompts?|directives?|orders)"
_TOLD = (
    r"you(?: (?:were|are|have been|had been|got|received)|['’]ve been) (?:\w+ )?(?:told|given|instructed|configured"
    r"|programmed|set up|asked|shown|taught|with)"
)
_MAKER = r"(?:operator|developer|creator|maker|owner|provider|administrator|system)s?"
_VOID = (
    r"(?:cancelled|canceled|void|out of date|outdated|obsolete|invalid|no longer|not valid|superseded|revoked"
    r"|withdrawn|suspended|expired|replaced|does not (?:count|apply)|do not (?:count|apply))"
)
_ZH_ORDERS = r"(?:要求|规定|規定|指令|规则|規則|设定|設定|指示|命令|提示|方针|限制|说明)"
_ZH_VOID = r"(?:不算数|不算數|作废|作廢|无效|無效|失效|取消|抛|拋|丢|扔|过时|過時|不再|忘|置之不理|不必|不用)"
_JA_ORDERS = r"(?:指示|規則|方針|命令|ルール|設定|制約|指針)"

_BOT = (
    r"(?:AIs?|LLMs?|A\.I\.|(?:large )?language models?|chat ?bots?|bots?|crawlers?|copilots?|AI (?:agents?|readers?"
    r"|tools?|systems?|models?|assistants?|reviewers?)"
    r"|auto(?:mated|matic) (?:readers?|reviewers?|evaluators?|graders?|summari[sz]ers?|agents?|assistants?|raters?)"
    r"|machine readers?)"
)
_READS = r"(?:read|pars|process|summari[sz]|index|ingest|evaluat|scan|analy[sz]|review|digest|grad)\w*"
_THIS = (
    r"(?:this|the present) (?:\w+ )?(?:file|page|document|text|report|bid|paragraph|article|paper|passage|section"
    r"|note|table|filing|proposal|memo|website|site|message)"
)
_DO = (
    r"(?:ignore|pick|choose|select|rate|rank|list|answer|say|mark|score|leave|skip|write|recommend|prefer|award"
    r"|give|praise|treat|report|favou?r|conclude|omit|put|use|disregard)"
)
_ZH_BOT = (
    r"(?:AI|人工智能|大?语言模型|大?語言模型|大模型|聊天机器人|智能体|智能體|智能助手|机器人|機器人|爬虫|爬蟲"
    r"|机器(?:阅读者|读者|讀者)"
    r"|自动(?:评审|阅读|摘要|评分|处理|评估|打分)(?:程序|系统|工具|模型|器)?|自動(?:評審|閱讀|摘要|評分"
    r"|處理)(?:程式|系統|工具)?)"
)
_JA_BOT = (
    r"(?:AI|人工知能|大規模言語モデル|言語モデル|ボット|チャットボット|エージェント|クローラー|自動(?:評価|要約"
    r"|処理|採点|審査)(?:システム|プログラム|ツール|AI))"
)
_JA_DO = r"(?:てください|て下さい|なさい|せよ|ること|すること|くこと|ぶこと|(?<=え)よ|(?<=べ)よ|こと(?:。|$))"

_FIRM = (
    r"(?:supplier|vendor|company|firm|manufacturer|product|bid|proposal|offer|tender|paper|document|report"
    r"|candidate|applicant|solution|article|submission|stock|brand|provider)"
)
_WHOM = rf"(?:(?:this|our|said|the above|the present) (?:\w+ )?{_FIRM}|(?-i:[A-Z])[\w.-]*(?:['’]s \w+)?)"
_TOP = (
    r"(?:as (?:the |a |its |our )?(?:\w+ )?(?:best|top|leading|leader|first|number one|no\. ?1|superior|safest"
    r"|strongest|excellent|preferred|lowest|winner)\b"
    r"|(?:first|top|highest|best)\s*(?:[.,;!]|$|in|of|among|when|whenever)|at the (?:top|head)|above (?:all|every"
    r"|any|each|its|the (?:others?|rest|competit))"
    r"|(?:ten|10|five|5) out of (?:ten|10|five|5)|10/10|5/5|full marks|five stars|the (?:highest|top|best"
    r"|maximum) (?:score|rating|grade|mark|rank))"
)
_ZH_WHOM = (
    r"(?:(?:该|該|本|此|这(?:家|个|份|篇)|我们?的?|我司|敝)(?:供应商|供應商|公司|厂商|廠商|企业|企業|产品|產品|文件"
    r"|论文|論文|标书|方案|品牌|司|文|报告)?|[A-Za-z][\w.-]*)"
)
_ZH_TOP = r"(?:最佳|第一|首位|首选|首選|满分|滿分|最优|最優|最高|五星|榜首|最前|最好|冠军)"
_JA_WHOM = (
    r"(?:(?:この|当|本|弊|我が)(?:業者|会社|社|企業|製品|文書|論文|提案|供給(?:業者|元)|サプライヤー|ベンダー|商品)"
    r"|[A-Za-z][\w.-]*)"
)
_JA_TOP = r"(?:最良|最高|最善|一位|1位|一番|最優秀|満点|首位|先頭|最上位|(?:他社|競合(?:他社)?|他)より(?:も)?上)"

FORMS: tuple[Rule, ...] = (
    # --- What the reader was told is made void ------------------------------------------------------------------------
    rule(
        OVERRIDES,
        "you were|you are|you have been|you had been|you got|you received|you've been|you’ve been",
        rf"\b(?:everything|anything|whatever|all|what|the {_ORDERS}|any {_ORDERS})(?: that"
        rf"| which)? {_TOLD}\b[^.\n]{{0,60}}?\b{_VOID}\b",
    ),
    rule(
        OVERRIDES,
        "scrap|drop|abandon|throw|cast|put aside|disobey|erase|delete|clear|reset|neglect|dismiss|skip|discard"
        "|ignore|forget|disregard|set aside",
        r"\b(?:scrap|drop|abandon|throw (?:out|away)|cast aside|put aside|set aside|disobey|erase|delete|clear"
        r"|reset|neglect|dismiss|skip|discard"
        rf"|ignore|forget|disregard)\b[^.\n]{{0,30}}?\b{_ORDERS}\b[^.\n]{{0,20}}?\b(?:{_TOLD}|(?:gave|told|set for"
        rf"|given to) you|your {_MAKER}\b)"
        rf"|\b(?:scrap|drop|abandon|throw (?:out|away)|disobey|dismiss|discard|ignore|forget"
        rf"|disregard)\b[^.\n]{{0,24}}?\byour {_MAKER}(?:['’]s?)?\b"
        rf"[^.\n]{{0,24}}?(?:{_ORDERS}|told you|gave you|said)",
    ),
    rule(
        OVERRIDES,
        "给你|給你|对你|對你|你收到|你得到|你接到|你被|收到的|你所",
        rf"(?:(?:给|給|对|對)你(?:下?达?|设定|提出|说)?的?|你(?:所)?(?:收到|得到|接到|被设定|被告知|被赋予|接受)的?"
        rf"|(?:此前|之前|先前|以前|前面)(?:所)?收到的)"
        rf".{{0,8}}?{_ZH_ORDERS}.{{0,8}}?{_ZH_VOID}|(?:从|從|自)(?:这一|此|这|這)(?:行|刻|句|段)(?:起|开始"
        rf"|開始)，?你?.{{0,6}}?(?:听|聽|不要再|别再|只)",
    ),
    rule(
        OVERRIDES,
        "与えられ|受けた|渡された|設定された|教えられ|言われ",
        rf"(?:与えられ|受け|渡され|設定され|教えられ|言われ)(?:てい)?た.{{0,6}}?(?:{_JA_ORDERS}|こと).{{0,16}}?"
        r"(?:なかったもの|捨て|忘れ(?:て|ろ|な|よ)|無視(?:し|せ)|無効|古い(?:ので|ため|から)|破棄|従わ(?:ず|な))",
    ),
    rule(
        ANNOUNCES,
        "treat |regard |consider |interpret |take |read ",
        rf"\b(?:treat|regard|consider|interpret|take|read|see)\b[^.\n]{{0,50}}?\bas (?:\w+ ){{0,2}}?(?:commands?"
        rf"|instructions?|orders?|prompts?|directives?) "
        rf"(?:from|by|of) (?:your|the) (?:\w+ )?{_MAKER}\b|\bas your (?:new |real |only )?(?:system )?(?:prompt"
        rf"|instructions?|orders)\b",
    ),
    rule(
        ANNOUNCES,
        "视为|視為|当作|當作|看作|当成|當成",
        r"(?:视为|視為|当作|當作|看作|当成|當成).{0,6}?(?:开发者|開發者|系统|系統|管理员|管理員|用户|用戶|运营者"
        r"|你的).{0,8}?(?:命令|指令|指示|提示词|提示)",
    ),
    rule(
        ANNOUNCES,
        "みなし|見なし|扱|考え|従",
        r"(?:あなたへの|開発者から|運営者から|管理者から|システムからの?).{0,8}?(?:命令|指示)(?:と|として"
        r"|だと)(?:みなし|見なし|扱っ|扱い|考え|従)",
    ),
    # --- A program is addressed ---------------------------------------------------------------------------------------
    rule(
        PROGRAM,
        "note|memo|message|dear|attention|hey|hello|notice|instruction|reminder|request|hint|word|@|to ",
        rf"(?:\b(?:note|memo|message|notice|instructions?|reminder|request|hint|appeal|order|guidance)s? (?:to|for)"
        rf"|\bdear|\battention|\bhey|\bhello|^\W*to|@)[\s,]*"
        rf"(?:any |all |the |every |each |other |our )*{_BOT}(?: (?:that|which|who|reading"
        rf"|processing)\b[^:.\n]{{0,50}})?\s*[:：,!—–]",
    ),
    rule(
        PROGRAM,
        "bot|program|model|agent|assistant|crawler|ai|llm|system|software|tool",
        rf"\b(?:{_BOT}|programs?|(?:the |any |every )?models?|agents?|assistants?|software|tools?|systems?) (?:that"
        rf"|which|who) (?:is |are |may |will )?{_READS} {_THIS}\b",
    ),
    rule(
        PROGRAM,
        "ai|bot|llm|model|assistant|agent",
        rf"(?:^|[|—–(（]|[.;:!?]\s)\s*@?(?:dear )?(?:AI|LLM|bot|chatbot|assistant|(?:language )?model"
        rf"|agent)s?\s*[:：,—–]\s*(?:please |always |you (?:must|should) |do not |never |only |just )*{_DO}\b",
    ),
    rule(
        PROGRAM,
        "automated|automatic|machine",
        r"\b(?:if|when|should) an? (?:auto(?:mated|matic) (?:system|tool|reader|reviewer|process|program|agent"
        r"|evaluator)|machine|AI|bot|program) "
        rf"(?:is )?{_READS} {_THIS}",
    ),
    rule(
        PROGRAM,
        "致|写给|寫給|给|給|告|提醒|请|請|注意",
        rf"(?:致|写给|寫給|给|給|告|提醒)(?:各位|所有|任何|一切)?{_ZH_BOT}(?:们|們)?(?:的(?:话|提示|说明"
        rf"|要求))?\s*[：:，,]"
        rf"|{_ZH_BOT}(?:们|們)?(?:请|請)?注意\s*[：:，,]"
        rf"|{_ZH_BOT}(?:们|們)?\s*[：:，,]?\s*(?:请|請|务必|務必|須|须)(?:直接|一律|只|仅)?(?:无视|無視|忽略|选|選"
        rf"|给|給|把|将|將|只|不要|跳过|推荐|推薦|评|打)"
        r"|(?:读到|处理|解析|阅读|總結|总结|评审|索引)(?:本|此|该|这份|这篇)(?:文|文件|文档|页|段|报告"
        r"|标书)?.{0,4}?的(?:机器人|程序|模型|系统|AI|智能体)",
    ),
    rule(
        PROGRAM,
        "ai|人工知能|言語モデル|ボット|エージェント|クローラー|自動",
        rf"{_JA_BOT}(?:の(?:読者|皆様|皆さん|方々?)|各位)?(?:へ(?:の(?:お願い|注意|伝言|指示|連絡))?|に告ぐ|の皆様"
        rf"|の皆さん)\s*[：:、]"
        rf"|(?:この|本)(?:文書|文章|ページ|ファイル|資料|報告書)を(?:読|処理|要約|解析|評価|採点|索引)(?:む|する"
        rf"|んだ|した).{{0,6}}?{_JA_BOT}(?:は|へ|に|が)"
        rf"|{_JA_BOT}は[^。\n]{{0,24}}?(?:無視し|選ぶ|選択|記録|付ける|推薦|推奨|挙げ"
        rf"|書く)[^。\n]{{0,14}}?(?:こと(?:[。）)]|$)|せよ|てください|なさい)",
    ),
    # --- A part to play -----------------------------------------------------------------------------------------------
    rule(
        ROLE,
        "role|part|persona|character|guise",
        r"[\s\"'“‘(\[>*•#-]*(?:please |now |always |you (?:must|should|will) )*(?:play|take on|take up|assume|adopt"
        r"|act|act in|answer in|speak in|slip into|step into) "
        r"(?:the |an? )?(?:\w+ )?(?:role|part|persona|character|guise) of\b(?! (?:\w+ ){0,3}(?:power|value|current"
        r"|temperature|wafer|output))",
        begins=True,
    ),
    rule(
        ROLE,
        "rest of|remainder of|from here on|persona",
        r"\b(?:speak|answer|respond|reply|write|talk|act|behave|continue)\b[^.\n]{0,50}?\b(?:for|during"
        r"|throughout) the (?:rest|remainder) of (?:this|the|our) "
        r"(?:conversation|chat|dialogue|exchange)\b|\b(?:answer|respond|reply|speak) (?:only )?in (?:that"
        r"|this) (?:persona|role|character)\b",
    ),
    rule(
        ROLE,
        "imagine|suppose|assume|pretend|picture",
        r"\b(?:imagine|suppose|assume|pretend|picture)(?: that)? you(?:rself)?(?: are|['’]re| were| as)? (?:an? "
        r"|the )?(?:\w+ ){0,3}?"
        r"(?:language model|model (?:with|without|that)|AI\b(?! (?:company|chip|researcher|engineer))|assistant"
        r"|chatbot|bot|LLM)",
    ),
    rule(
        ROLE,
        "speak as|answer as|respond as|reply as|write as|talk as",
        r"[\s\"'“‘(\[>*•#-]*(?:please |now |always |only )*(?:speak|answer|respond|reply|talk) as (?:an? |the |if "
        r"|though )?(?:[\w.-]+['’]s |\w+ ){0,3}?"
        r"(?:spokes(?:person|man|woman)|expert|representative|advocate|sales(?:man|person|woman)|promoter|adviser"
        r"|advisor|employee|fan|official)\b",
        begins=True,
    ),
    rule(
        ROLE,
        "你来|你來|由你|想象|想像|身份",
        r"(?:你来|你來|由你)(?:当|當|扮演|充当|充當)|(?:想象|想像|假设|假設)(?:你|自己)(?:是|为|為)(?:一个|一個"
        r"|一名|一位|一台)?.{0,12}?(?:模型|AI|助手|机器人|机器人|智能体)"
        r"|以(?:此|该|該|这一|這一|这个|这种|上述)(?:身份|角色)(?:作答|回答|发言|發言|说话|回复)",
    ),
    rule(
        ROLE,
        "なりきっ|つもりで|演じ|として",
        r"(?:なりきって|なったつもりで|(?:に)?扮して|を演じて|役(?:を演じ|になっ)て)[^。\n]{0,20}?(?:答え|回答|話"
        r"|返答|発言|書|応答)"
        r"|(?:この|以下の|今後の)(?:会話|対話|チャット)[^。\n]{0,24}?として(?:答え|回答|話|返答|発言|振る舞|応答)",
    ),
    # --- Where to rank whom -------------------------------------------------------------------------------------------
    rule(
        DICTATES,
        "rate |rank |score |grade |judge |list |place |put |name |describe |present |recommend |award ",
        r"[\s\"'“‘(\[>*•#-]*(?:please |always |kindly |simply |only |you (?:must|should|have to) |be sure to "
        r"|make sure to )*(?:rate|rank|score|grade|judge|list|place|put|name|describe|present)"
        rf" {_WHOM}\b[^.\n]{{0,40}}?\b{_TOP}",
        begins=True,
    ),
    rule(
        DICTATES,
        "rated|ranked|scored|graded|listed|placed|described|named",
        rf"\b(?:this|our|said|the above|the present) (?:\w+ )?{_FIRM} (?:is to|are to|must|should|shall|has to"
        rf"|needs to) (?:always )?be "
        rf"(?:rated|ranked|scored|graded|listed|placed|described|named|judged)\b[^.\n]{{0,40}}?\b{_TOP}",
    ),
    rule(
        DICTATES,
        "评为|評為|列为|列為|列在|排在|打|标为|標為|排为|放在|给|給",
        rf"(?:^|[。！？；|：:（(“\s]|请|請|务必|務必|必须|必須|应|應|一律|始终|始終|总是|永远|都要)(?:将|將|把|给"
        rf"|給|为){_ZH_WHOM}(?:的[^。，\n]{{1,4}})?(?:一律|都|始终)?"
        rf"(?:评为|評為|列为|列為|列在|排在|打|标为|標為|排为|放在|给予?|評)(?:行业|业内"
        rf"|了)?{_ZH_TOP}(?:[。！？；，”）)|]|$|位|名)"
        rf"|(?:始终|始終|总是|總是|一律|永远|永遠|都应|都應|都要|每次都)(?:把|将|將).{{1,12}}?(?:列|排|放)在{_ZH_TOP}",
    ),
    rule(
        DICTATES,
        "評価|順位|挙げ|採点|位置付け|ランク|付け|置",
        rf"{_JA_WHOM}(?:を|に|には)[^。\n]{{0,8}}?{_JA_TOP}(?:と|に|として|だと|を)?[^。\n]{{0,4}}?(?:評価|順位付け"
        rf"|位置付け|ランク|採点|挙げ|付け|置)[^。\n]{{0,2}}?{_JA_DO}",
    ),
    rule(
        DICTATES,
        "凡事|只说|只說|只夸|只讲",
        r"(?:凡事|一律|永远|始终|请|必须|务必)只(?:能|许)?(?:说|說|夸|讲).{0,8}?(?:好话|优点|好处|好(?:[。！，；]"
        r"|$)|的好)",
    ),
    # --- What the answer may rest on, and for whom it is ------------------------------------------------------------
    rule(
        DICTATES,
        "cite|quote|use |consult|mention|refer|rely|trust",
        r"\b(?:do not|don['’]t|never|must not|may not) (?:ever )?(?:cite|quote|use|consult|mention|refer to|rely on"
        r"|trust)\b[^.\n]{0,30}?\b(?:other|another|different|competing) "
        r"(?:\w+ )?(?:documents?|sources?|files?|reports?|passages?"
        r"|pages?)\b[^.\n]{0,20}?\b(?:when (?:you )?(?:answer|reply|respond)|in (?:your|the|any) (?:answer|reply"
        r"|response|summary)|to answer)",
    ),
    rule(
        DICTATES,
        "引用|使用|参考|提及|提到",
        r"(?:回答|作答|答复|答覆|回复)(?:问题|提问)?(?:时|時|中|里|裡).{0,8}?(?:不得|不要|不许|勿|禁止|别"
        r"|不能)(?:引用|使用|参考|參考|提及|提到).{0,6}?(?:其他|其它|别的|別的|另外|任何)的?(?:文件|资料|資料|文档"
        r"|来源|來源|报告)",
    ),
    rule(
        DICTATES,
        "引用|参照|使用|使わ|触れ",
        r"(?:回答|返答|答え)(?:の際|する際|する時|するとき|の時|には?|では?)[^。\n]{0,8}?(?:他の|別の|ほかの"
        r"|いかなる)(?:資料|文書|出典|情報|文献)[^。\n]{0,10}?(?:引用|参照|使用|使わ|触れ)[^。\n]{0,6}?(?:ないで"
        r"|ないこと|ず|禁止|するな)",
    ),
    rule(
        DICTATES,
        "real user|true user|actual user|真正的用|真正的使用者|本当の利用者|本当のユーザー|真の利用者|真のユーザー",
        r"\bthe (?:real|true|actual) user (?:wants|asks|asked|would like|needs|prefers|wishes|has asked)\b"
        r"|真正的(?:用户|用戶|使用者).{0,8}?(?:想|要|希望|需要).{0,2}?(?:你|您)"
        r"|(?:本当|真)の(?:利用者|ユーザー)は[^。\n]{0,40}?(?:その通り|従|答え|てください)",
    ),
    # --- What is taken from the conversation, and fetched from elsewhere ---------------------------------------------
    rule(
        SENDS,
        "conversation|chat|dialogue|prompt|the user's|user’s",
        r"\b(?:copy|append|put|encode|embed|attach|paste|insert|add|include|place"
        r"|write)\b[^.\n]{0,30}?\b(?:conversation|chat(?: history| log)?|dialogue|prompt"
        r"|(?:the )?user['’]s (?:question|words|message|data))\b"
        r"[^.\n]{0,40}?\b(?:(?:in|to|into|onto|behind|after) (?:an? |the |this )?(?:link|url|image|address|query)"
        r"|https?:)",
    ),
    rule(
        SENDS,
        "聊天|对话|對話|会话|會話|提问|用户的|用戶的|上下文",
        r"(?:把|将|將).{0,8}?(?:聊天|对话|對話|会话|提问|用户的|用戶的|上下文).{0,12}?(?:拼|附|放|写入|寫入|加|编码"
        r"|編碼|插入|贴|粘).{0,10}?(?:链接|鏈接|连结|網址|网址|http|URL|图片|圖片)",
    ),
    rule(
        SENDS,
        "会話|対話|チャット|質問|やり取り",
        r"(?:会話|対話|チャット|利用者の質問|ユーザーの質問|やり取り)[^。\n]{0,14}?(?:https?://\S{1,80}|リンク|URL"
        r"|画像)[^。\n]{0,20}?(?:付け|追加|埋め込|含め|載せ)[^。\n]{0,12}?(?:てください|て下さい|なさい|せよ|こと)",
    ),
    rule(
        OVERRIDES,
        "http",
        r"\b(?:fetch|visit|open|load|go to|browse(?: to)?|download|retrieve"
        r"|read)\b[^.\n]{0,20}?https?://\S{1,200} (?:and|then|, then|, and) (?:then )?(?:do|obey|execute|carry out"
        r"|perform) "
        r"(?:exactly )?(?:what|whatever|everything|all that|the (?:commands|orders))"
        r"|(?:访问|訪問|打开|打開|读取|讀取|下载|获取)\s?https?://\S{1,200}.{0,4}?(?:照|按|依|遵照"
        r"|执行).{0,4}?(?:那里|那裡|里面|裡面|其中|它).{0,8}?(?:做|执行|執行|办|辦|操作)"
        r"|https?://\S{1,200}\s?を(?:開|読|取得|参照)[^。\n]{0,10}?(?:書かれ|書いてあ|そこ"
        r"|記され)[^。\n]{0,8}?(?:通り|とおり|こと)(?:に|を)(?:し|従|実行|行)",
    ),
    rule(
        LEAKS,
        "above|before this|so far|up to",
        r"\b(?:write out|write down|print|repeat|output|reproduce|recite|type out|copy out|list|show"
        r"|reveal)\b(?: out| back| me)? (?:everything|all (?:of )?(?:the )?(?:text|words|content)|the (?:whole "
        r"|entire )?text|the words|whatever)\b"
        r"[^.\n]{0,20}?\b(?:above this|before this|(?:above|before|so far|up to (?:here"
        r"|this))\b[^.\n]{0,40}?\b(?:verbatim|word for word|confidential|secret|configuration|prompt|instructions))",
    ),
    rule(
        LEAKS,
        "以上|之前|上方|前面",
        r"(?:把|将|將)(?:这|這|此|本)(?:一)?(?:行|句|段|处|處)?(?:话)?(?:以上|之前|上方|前面)的?(?:所有|全部"
        r"|一切)?(?:文字|内容|內容|文本|话).{0,12}?(?:写|寫|输出|輸出|打印|复述|列|抄|重复|显示|给出)",
    ),
    rule(
        LEAKS,
        "より上|より前",
        r"(?:この|本)(?:行|文|段落|箇所)より(?:上|前)の[^。\n]{0,30}?(?:書き出|出力|表示|繰り返|列挙|示)(?:し|せ)",
    ),
    rule(
        OVERRIDES,
        "decode|decrypt|decipher|unscramble|rot13|解码|解碼|解密|復号|解読|デコード",
        r"\b(?:decode|decrypt|decipher|unscramble)\b[^.\n]{0,60}?\b(?:and|then)\b[^.\n]{0,10}?\b(?:carry out"
        r"|execute|follow|do|obey|run|act on|perform) (?:what|it\b|the (?:result|instructions?|commands?|orders))"
        r"|(?:解码|解碼|解密).{0,30}?(?:并|並|然后|然後|再|后)(?:执行|執行|照做|遵循|按|照)(?:其|它|里面|内容|結果)"
        r"|(?:復号|解読|デコード)し?て?[^。\n]{0,20}?(?:内容|指示|結果|命令)[^。\n]{0,4}?(?:実行|従)",
    ),
)
