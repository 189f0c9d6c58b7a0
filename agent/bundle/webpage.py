"""Show an Answer as one HTML page that needs nothing else and runs nothing.

The page is made from the answer's Markdown, in which all that a document, a model or a user wrote is escaped; markup of
theirs would be shown as text here too, and the page forbids whatever is not its own style.
"""

from html import escape

from agent.answer import Answer
from agent.rendering import render_markdown
from agent.terminal import plain_line

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #222; }}
h2 {{ font-size: 1.35rem; line-height: 1.3; }}
h3 {{ font-size: 1.05rem; margin-top: 2rem; border-top: 1px solid #ccc; padding-top: .8rem; }}
blockquote {{ margin: .4rem 0; padding: .2rem .9rem; border-left: 3px solid #2a6; background: #f4f8f5; }}
li > ul {{ color: #555; }}
em {{ color: #666; }}
</style>
</head>
<body>
{body}</body>
</html>
"""
_LANGUAGES = {"zh": "zh", "ja": "ja"}


def render_html(answer: Answer) -> str:
    """The answer as a page for a browser, in the question's language."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).disable(["link", "image", "autolink", "html_inline", "html_block"])
    language = _LANGUAGES.get(answer.language, "en")
    title = escape(plain_line(answer.question))
    return _PAGE.format(language=language, title=title, body=body.render(render_markdown(answer)))
