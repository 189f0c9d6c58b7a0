"""Routing: from questions in analysts' words to formulas with the right operands, or no."""

import re
import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.calculator import Route, find_formula, route, run_route
from agent.calculator.routing.reading import read
from agent.errors import CalculationError

Steps = list[tuple[str, dict[str, str]]]
Case = tuple[str, Steps, tuple[int, ...]]

# fmt: off
ENGLISH: list[Case] = [
    (
        "51.2 Tb/s switch at 5 pJ/bit, how many watts?",
        [
            ("switch_optics_power_w", {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "5 pJ/bit"}),
        ],
        (1,),
    ),
    (
        "A 1.6T DR8 module draws 25 W; what does that come to in pJ per bit?",
        [
            ("energy_per_bit_pj", {"power_w": "25 W", "rate_gbps": "1.6T"}),
        ],
        (1,),
    ),
    (
        "If a 102.4T switch moves from 15 pJ/bit pluggables to 5.5 pJ/bit co-packaged optics, how many watts "
        "are saved and by what percentage?",
        [
            ("switch_optics_power_w", {"capacity_tbps": "102.4T", "energy_pj_per_bit": "15 pJ/bit"}),
            ("switch_optics_power_w", {"capacity_tbps": "102.4T", "energy_pj_per_bit": "5.5 pJ/bit"}),
            ("power_saving", {"p_old_w": "#1.power_w", "p_new_w": "#2.power_w"}),
        ],
        (3,),
    ),
    (
        "We have 64 ports drawing 21 W each. With a PUE of 1.25, how many MWh a year is that, and what does "
        "the electricity cost at 0.08 USD/kWh?",
        [
            ("fleet_power_kw", {"items": "64 × 21 W"}),
            ("annual_energy_mwh", {"it_power_w": "#1.power_kw", "pue": "1.25"}),
            ("annual_cost", {"energy_mwh": "#2.energy_mwh", "price_per_kwh": "0.08 USD/kWh"}),
        ],
        (2, 3),
    ),
    (
        "What is the annual CO2 of a 1 MW optics load with PUE 1.3 on a grid of 445 g/kWh?",
        [
            ("annual_energy_mwh", {"it_power_w": "1 MW", "pue": "1.3"}),
            ("annual_co2_t", {"energy_mwh": "#1.energy_mwh", "grid_g_per_kwh": "445 g/kWh"}),
        ],
        (2,),
    ),
    (
        "Optics are 12% of cluster power. If they use 40% less, how much does the whole system save in "
        "percent?",
        [
            ("system_dilution_pct", {"component_share_pct": "12%", "component_saving_pct": "40%"}),
        ],
        (1,),
    ),
    (
        "What is 0 dBm in milliwatts and 10 dBm in milliwatts?",
        [
            ("dbm_to_mw", {"dbm": "0 dBm"}),
            ("dbm_to_mw", {"dbm": "10 dBm"}),
        ],
        (1, 2),
    ),
    (
        "Laser launches 20 dBm. Losses: connector 0.5 dB, coupling 1.5 dB, modulator 4 dB. Receiver "
        "sensitivity is -8 dBm. Does the link close with a required margin of 3 dB?",
        [
            ("link_budget", {
                "p_laser_dbm": "20 dBm", "losses_db": "0.5 dB; 1.5 dB; 4 dB", "sensitivity_dbm": "-8 dBm",
                "required_margin_db": "3 dB",
            }),
        ],
        (1,),
    ),
    (
        "A laser of 20 dBm feeds a 1:4 splitter with 0.5 dB excess loss, then 500 m of fibre at 0.4 dB/km and "
        "3 dB of coupling loss. Sensitivity -6 dBm. What is the margin?",
        [
            ("splitter_loss_db", {"n_ways": "4"}),
            ("fiber_loss_db", {"length_km": "500 m", "alpha_db_per_km": "0.4 dB/km"}),
            ("link_budget", {
                "p_laser_dbm": "20 dBm", "losses_db": "0.5 dB; 3 dB; #1.loss_db; #2.loss_db",
                "sensitivity_dbm": "-6 dBm",
            }),
        ],
        (3,),
    ),
    (
        "What wall plug efficiency for 20 dBm out and 1 W in?",
        [
            ("dbm_to_mw", {"dbm": "20 dBm"}),
            ("wall_plug_efficiency", {"optical_mw": "#1.power_mw", "electrical_w": "1 W"}),
        ],
        (2,),
    ),
    (
        "102.4T with 200G lanes and one laser per 4 lanes, 8 lasers per ELS: how many ELS modules?",
        [
            ("lane_count", {"capacity_tbps": "102.4T", "lane_gbps": "200G"}),
            ("laser_counts", {"n_lanes": "#1.lanes", "lanes_per_laser": "4", "lasers_per_module": "8"}),
        ],
        (2,),
    ),
    (
        "What Q factor is needed for a BER of 2.4e-4 with PAM4?",
        [
            ("q_from_ber", {"ber": "2.4e-4", "levels": "4"}),
        ],
        (1,),
    ),
    (
        "A 51.2T switch runs 100G lanes with 4 wavelengths per fibre and one PM fibre per 16 lanes. How many "
        "lanes and how many fibres is that?",
        [
            ("lane_count", {"capacity_tbps": "51.2T", "lane_gbps": "100G"}),
            ("fiber_count", {
                "capacity_tbps": "51.2T", "lane_gbps": "100G", "wavelengths_per_fiber": "4",
                "lanes_per_laser_fiber": "16",
            }),
        ],
        (1, 2),
    ),
    (
        "What is the areal bandwidth density of a 3.2T engine measuring 20 × 20 mm?",
        [
            ("areal_density_gbps_mm2", {"bandwidth_gbps": "3.2T", "w_mm": "20 mm", "h_mm": "20 mm"}),
        ],
        (1,),
    ),
    (
        "How many hosts does a two-tier fat tree of radix 64 switches support?",
        [
            ("fat_tree_hosts", {"radix": "64", "tiers": "two"}),
        ],
        (1,),
    ),
    (
        "At least 8 of 9 engine sites must work and each has 99% yield. What is the package yield?",
        [
            ("k_of_n_yield_pct", {"n": "9", "k": "8", "unit_yield_pct": "99%"}),
        ],
        (1,),
    ),
    (
        "What is the die yield of an 800 mm2 die at 0.1 defects per cm2 with the Murphy model?",
        [
            ("die_yield_pct", {
                "area_mm2": "800 mm2", "defect_density_per_cm2": "0.1 defects per cm2", "model": "Murphy model",
            }),
        ],
        (1,),
    ),
    (
        "Host 3000 USD, 16 engines at 450 USD each, incoming quality 99.5%, attach yield 99%, assembly 500 "
        "USD, test 30 USD per engine: what is the cost per good package?",
        [
            ("kgd_package_cost", {
                "host_cost": "3000 USD", "oe_cost": "450 USD", "n_oe": "16", "oe_incoming_quality_pct": "99.5%",
                "attach_yield_pct": "99%", "assembly_cost": "500 USD", "oe_test_cost": "30 USD",
            }),
        ],
        (1,),
    ),
    (
        "A 1.5 W laser sits on 25 K/W and 6 K/W in series with the case at 45 °C. What is the junction "
        "temperature?",
        [
            ("junction_temp_c", {"t_ref_c": "45 °C", "power_w": "1.5 W", "rth_c_per_w": "25 K/W; 6 K/W"}),
        ],
        (1,),
    ),
    (
        "ASIC 500 W and engine 32 W with coolant at 35 °C and resistances [[0.10, 0.05], [0.05, 0.50]] K/W: "
        "what temperatures?",
        [
            ("coupled_temp_c", {
                "t_ref_c": "35 °C", "rth_matrix": "[[0.10, 0.05], [0.05, 0.50]]", "powers_w": "500 W; 32 W",
            }),
        ],
        (1,),
    ),
    (
        "How much tuning power does a 1 nm shift need at 0.12 nm/mW for a 200G lane?",
        [
            ("ring_tuning", {"delta_nm": "1 nm", "efficiency_nm_per_mw": "0.12 nm/mW", "lane_gbps": "200G"}),
        ],
        (1,),
    ),
    (
        "20 μm air gap, mode radius 4.6 μm, wavelength 1.31 μm: what longitudinal loss?",
        [
            ("longitudinal_loss_db", {"gap_um": "20 μm", "w_um": "4.6 μm", "wavelength_um": "1.31 μm"}),
        ],
        (1,),
    ),
    (
        "What lateral offset costs 1 dB at w = 4.6 μm?",
        [
            ("lateral_tolerance_um", {"loss_db": "1 dB", "w1_um": "4.6 μm"}),
        ],
        (1,),
    ),
    (
        "16 engines at 10 FIT and 16 lasers at 50 FIT: what is the system FIT and what is the chance of "
        "surviving five years?",
        [
            ("system_fit", {"items": "16 × 10 FIT; 16 × 50 FIT"}),
            ("survival_pct", {"fit": "#1.fit", "hours": "five years"}),
        ],
        (1, 2),
    ),
    (
        "A fleet of 20,000 modules with an MTBF of 2.6 million hours: how many failures a year?",
        [
            ("fit_from_mtbf_h", {"mtbf_h": "2.6 million hours"}),
            ("expected_failures", {"n_units": "20,000", "fit": "#1.fit"}),
        ],
        (2,),
    ),
    (
        "Light through 30 m of fibre, DSP 2 × 100 ns, FEC 100 ns: what is the total latency?",
        [
            ("time_of_flight_ns", {"length_m": "30 m"}),
            ("total_latency_ns", {"parts": "100 ns; 100 ns; 100 ns; #1.time_ns"}),
        ],
        (2,),
    ),
    (
        "The market grows from $46 million in 2024 to $8.1 billion in 2030. What CAGR is that?",
        [
            ("cagr_pct", {"v0": "$46 million", "v1": "$8.1 billion", "years": "6 years"}),
        ],
        (1,),
    ),
    (
        "HHI of 60, 35 and 5%?",
        [
            ("hhi", {"shares_pct": "60 %; 35 %; 5%"}),
        ],
        (1,),
    ),
    (
        "CPO per switch costs 8,000 USD extra and saves 64 × 21 W at PUE 1.3 with power at 0.08 USD/kWh. What "
        "is the payback time?",
        [
            ("fleet_power_kw", {"items": "64 × 21 W"}),
            ("annual_energy_mwh", {"it_power_w": "#1.power_kw", "pue": "1.3"}),
            ("annual_cost", {"energy_mwh": "#2.energy_mwh", "price_per_kwh": "0.08 USD/kWh"}),
            ("simple_payback_years", {"extra_capex": "8,000 USD", "annual_saving": "#3.cost"}),
        ],
        (4,),
    ),
    (
        "Unit cost fell from $1,200 to $700 while cumulative volume went from 5 million to 37 million. What "
        "is the learning rate?",
        [
            ("learning_rate_pct", {"c0": "$1,200", "c1": "$700", "q0": "5 million", "q1": "37 million"}),
        ],
        (1,),
    ),
    (
        "BOM: 4 × $3000, 72 × $450, 18 × $400; stated total $51,600. Does it add up?",
        [
            ("bom_check", {"lines": "4 × $3000; 72 × $450; 18 × $400", "stated_total": "$51,600"}),
        ],
        (1,),
    ),
]
CHINESE: list[Case] = [
    (
        "若51.2T交换机由15 pJ/bit的可插拔改为5 pJ/bit的CPO，省多少瓦？",
        [
            ("switch_optics_power_w", {"capacity_tbps": "51.2T", "energy_pj_per_bit": "15 pJ/bit"}),
            ("switch_optics_power_w", {"capacity_tbps": "51.2T", "energy_pj_per_bit": "5 pJ/bit"}),
            ("power_saving", {"p_old_w": "#1.power_w", "p_new_w": "#2.power_w"}),
        ],
        (3,),
    ),
    (
        "800G光模块功耗14W，折合每比特多少皮焦？",
        [
            ("energy_per_bit_pj", {"power_w": "14W", "rate_gbps": "800G"}),
        ],
        (1,),
    ),
    (
        "把64个30 W的可插拔模块换成9 W的CPO端口，PUE 1.25，电价每度0.6元，一年省多少钱？",
        [
            ("fleet_power_kw", {"items": "64 × 30 W"}),
            ("fleet_power_kw", {"items": "64 × 9 W"}),
            ("power_saving", {"p_old_w": "#1.power_kw", "p_new_w": "#2.power_kw"}),
            ("annual_energy_mwh", {"it_power_w": "#3.saving_w", "pue": "1.25"}),
            ("annual_cost", {"energy_mwh": "#4.energy_mwh", "price_per_kwh": "0.6元/kWh"}),
        ],
        (5,),
    ),
    (
        "51.2 Tb/s交换机从18.75 pJ/bit降到6.875 pJ/bit，PUE 1.54，每年少排多少吨CO2（582 g/kWh）？",
        [
            ("switch_optics_power_w", {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "18.75 pJ/bit"}),
            ("switch_optics_power_w", {"capacity_tbps": "51.2 Tb/s", "energy_pj_per_bit": "6.875 pJ/bit"}),
            ("power_saving", {"p_old_w": "#1.power_w", "p_new_w": "#2.power_w"}),
            ("annual_energy_mwh", {"it_power_w": "#3.saving_w", "pue": "1.54"}),
            ("annual_co2_t", {"energy_mwh": "#4.energy_mwh", "grid_g_per_kwh": "582 g/kWh"}),
        ],
        (5,),
    ),
    (
        "数据中心IT功率500 kW，PUE 1.3，电网因子581 g/kWh，一年排放多少吨二氧化碳？电费按0.65元/度是多少？",
        [
            ("annual_energy_mwh", {"it_power_w": "500 kW", "pue": "1.3"}),
            ("annual_co2_t", {"energy_mwh": "#1.energy_mwh", "grid_g_per_kwh": "581 g/kWh"}),
            ("annual_cost", {"energy_mwh": "#1.energy_mwh", "price_per_kwh": "0.65元/度"}),
        ],
        (2, 3),
    ),
    (
        "可插拔方案单端口30W、CPO方案单端口9W，共128个端口，一共能省多少千瓦？",
        [
            ("fleet_power_kw", {"items": "128 × 30W"}),
            ("fleet_power_kw", {"items": "128 × 9W"}),
            ("power_saving", {"p_old_w": "#1.power_kw", "p_new_w": "#2.power_kw"}),
        ],
        (3,),
    ),
    (
        "26 dBm等于多少毫瓦？",
        [
            ("dbm_to_mw", {"dbm": "26 dBm"}),
        ],
        (1,),
    ),
    (
        "1分4的分光器理想损耗是多少dB？",
        [
            ("splitter_loss_db", {"n_ways": "4"}),
        ],
        (1,),
    ),
    (
        "激光器20 dBm，经1:4分光器，再有3 dB耦合损耗，接收灵敏度-8 dBm，余量多少？",
        [
            ("splitter_loss_db", {"n_ways": "4"}),
            ("link_budget", {"p_laser_dbm": "20 dBm", "losses_db": "3 dB; #1.loss_db", "sensitivity_dbm": "-8 dBm"}),
        ],
        (2,),
    ),
    (
        "接收灵敏度-6 dBm，各项损耗分别为4 dB、3 dB，预留余量3 dB，最小激光功率是多少？",
        [
            ("min_laser_power_dbm", {"sensitivity_dbm": "-6 dBm", "losses_db": "4 dB; 3 dB", "margin_db": "3 dB"}),
        ],
        (1,),
    ),
    (
        "外置光源总光功率800 mW，电光转换效率12.5%，耗电多少瓦？",
        [
            ("els_electrical_power_w", {"optical_mw_total": "800 mW", "wpe": "12.5%"}),
        ],
        (1,),
    ),
    (
        "51.2T交换机用每通道100G，需要多少条通道、多少根光纤？",
        [
            ("lane_count", {"capacity_tbps": "51.2T", "lane_gbps": "100G"}),
            ("fiber_count", {"capacity_tbps": "51.2T", "lane_gbps": "100G"}),
        ],
        (1, 2),
    ),
    (
        "51.2T交换机，100G通道，单纤双向，每根光纤4个波长，需要多少根光纤？",
        [
            ("fiber_count", {
                "capacity_tbps": "51.2T", "lane_gbps": "100G", "wavelengths_per_fiber": "4",
                "bidirectional": "yes",
            }),
        ],
        (1,),
    ),
    (
        "每根光纤8个波长，56 GBd，NRZ，单纤速率多少？",
        [
            ("per_fiber_rate_gbps", {"wavelengths": "8", "baud_gbd": "56 GBd", "levels": "2"}),
        ],
        (1,),
    ),
    (
        "年增长41.4%，多少年翻一番？",
        [
            ("doubling_time_years", {"cagr_pct": "41.4%"}),
        ],
        (1,),
    ),
    (
        "良率分别为 95%、98%、97% 的三道工序，总良率多少？",
        [
            ("compound_yield_pct", {"yields_pct": "95%; 98%; 97%"}),
        ],
        (1,),
    ),
    (
        "36取32，单个99%，良率多少？",
        [
            ("k_of_n_yield_pct", {"n": "36", "k": "32", "unit_yield_pct": "99%"}),
        ],
        (1,),
    ),
    (
        "25平方毫米的芯片，缺陷密度0.5个/cm²，按泊松模型裸片良率是多少？",
        [
            ("die_yield_pct", {"area_mm2": "25平方毫米", "defect_density_per_cm2": "0.5个/cm²", "model": "泊松模型"}),
        ],
        (1,),
    ),
    (
        "76.2 mm晶圆上，0.3 mm × 1 mm的激光器芯片能切多少颗？",
        [
            ("gross_dies_per_wafer", {"wafer_mm": "76.2 mm", "die_w_mm": "0.3 mm", "die_h_mm": "1 mm"}),
        ],
        (1,),
    ),
    (
        "投入成本100元，良率70%，良后成本15元，质保4元，单位良品成本多少？",
        [
            ("cost_per_good_unit", {
                "cost_pool": "100元", "yield_pct": "70%", "post_yield_cost": "15元", "warranty": "4元",
            }),
        ],
        (1,),
    ),
    (
        "硅2.6 ppm/K，有机基板15 ppm/K，温差100 K，长度20 mm，从中性点算，热膨胀失配位移多少？",
        [
            ("cte_mismatch_um", {
                "alpha1_ppm": "2.6 ppm/K", "alpha2_ppm": "15 ppm/K", "delta_t_c": "100 K", "length_mm": "20 mm",
                "from_neutral": "yes",
            }),
        ],
        (1,),
    ),
    (
        "使用温度25 ℃，应力温度60 ℃，激活能0.97 eV，加速因子是多少？",
        [
            ("arrhenius_af", {"t_use_c": "25 ℃", "t_stress_c": "60 ℃", "ea_ev": "0.97 eV"}),
        ],
        (1,),
    ),
    (
        "角度偏差1度，模场半径4.6 μm，波长1.31 μm，倾斜损耗是多少dB？",
        [
            ("angular_loss_db", {"theta_deg": "1 deg", "w_um": "4.6 μm", "wavelength_um": "1.31 μm"}),
        ],
        (1,),
    ),
    (
        "累计100万器件小时零失效，90%置信度，FIT上限是多少？",
        [
            ("fit_upper_bound", {"device_hours": "100万器件小时", "failures": "0", "confidence_pct": "90%"}),
        ],
        (1,),
    ),
    (
        "1000只ELS，400 FIT，补货周期90天，服务水平99%，要备多少备件？",
        [
            ("spares_needed", {"n_units": "1000", "fit": "400 FIT", "hours": "90天", "service_level_pct": "99%"}),
        ],
        (1,),
    ),
    (
        "30米光纤的传播时延是多少纳秒？",
        [
            ("time_of_flight_ns", {"length_m": "30米"}),
        ],
        (1,),
    ),
    (
        "市场从2022年的3800万美元增长到2033年的26亿美元，CAGR是多少？保留一位小数",
        [
            ("cagr_pct", {"v0": "3800万美元", "v1": "26亿美元", "years": "11 years"}),
        ],
        (1,),
    ),
    (
        "2024年光芯片市场249亿元，按21.7%的年复合增长率，到2029年是多少？",
        [
            ("project", {"v0": "249亿元", "cagr": "21.7%", "years": "5 years"}),
        ],
        (1,),
    ),
    (
        "国内产量30万片，进口80万片，出口10万片，进口依存度和国产化率各是多少？",
        [
            ("import_dependency", {"domestic_production": "30万", "imports": "80万", "exports": "10万"}),
        ],
        (1,),
    ),
    (
        "固定成本2000万元，单价450元，单位变动成本330元，盈亏平衡产量是多少？",
        [
            ("break_even_units", {"fixed_cost": "2000万元", "price": "450元", "unit_cost": "330元"}),
        ],
        (1,),
    ),
    (
        "设备13万美元，每年运营成本6000美元，5年，折现率8%，TCO多少？",
        [
            ("tco", {"capex": "13万美元", "annual_opex": "6000美元/year", "years": "5年", "rate_pct": "8%"}),
        ],
        (1,),
    ),
]

NOWHERE = [
    "What is the power of Broadcom Bailly per 800G?",
    "Which companies make 51.2T switches?",
    "CPO交换机的功耗是多少？",
    "What is the market size of CPO in 2025?",
    "哪些公司生产51.2T交换机？",
    "What was Lumentum's revenue growth in 2025?",
    "Lumentum 2025年营收增长率是多少？",
    "Who supplies the 400 mW lasers for Quantum-X?",
    "When will 3.2T modules ship in volume?",
    "Why does a 15 W module need more cooling than a 9 W engine?",
    "How does a 1:8 splitter work?",
    "What is PAM4?",
    "How many 800G ports does a 51.2T switch have?",
    "Is 5 pJ/bit better than 15 pJ/bit?",
    "NVIDIA says CPO cuts power 3.5x; who disputes that?",
    "What did Meta report at ECOC 2025 about 15 W and 5.4 W?",
    "51.2T交换机有多少个端口？",
    "英伟达Quantum-X的功耗是多少？",
    "台积电COUPE每比特能耗多少？",
    "What is the insertion loss of an edge coupler?",
    "光引擎的良率是多少？",
    "How many lasers does the Quantum-X switch use?",
    "Compare Broadcom Bailly with NVIDIA Spectrum-X at 51.2T and 102.4T.",
    "What share of the EML market does Lumentum have?",
    "2030年CPO市场规模预计多少亿美元？",
    "Name the suppliers of 1310 nm CW lasers.",
    "What is the yield of hybrid bonding at 10 μm pitch?",
    "CPO与可插拔相比功耗下降多少？",
    "How long until CPO makes up 30% of ports?",
    "In 2027, how many 1.6T modules will be shipped?",
    "What wavelength do 100 mW ELS lasers use?",
    "1310 nm激光器的输出功率是多少？",
    "What is the reach of 800G DR8?",
    "Summarize the reliability section: 2.6 million hours MTBF.",
    "How many employees does Coherent have?",
    "What is the difference between 5 W and 15 W modules?",
    "Does the report mention a 65% saving?",
    "At least how many watts does the report give for 800G?",
    "The switch draws less than 500 W at 51.2 Tb/s; what is its energy per bit?",
    "What is the price of a 1.6T module in 2026?",
    "据报道，Meta的CPO可节电65%，测试时长多少小时？",
    "How much did Broadcom invest in 2023 and 2024?",
    "Is the MTBF of 2.6 million hours good?",
    "微环温漂0.07 nm/℃是谁测得的？",
    "What are the risks of a 20 μm gap?",
    "800G光模块从14W到16W的差别是什么？",
    "How much is 5?",
    "多少？",
    "100",
    "What is 15 W?",
    "15 W × 64 ports",
    "A 51.2T switch at 5 pJ/bit, 12 dB and 3 FIT: how many watts?",
    "What is the cost of the electricity?",
    "How many fibres does a 51.2T switch need?",
    "What does a PUE of 1.3 mean?",
    "Growth of 30% in 2024 and 40% in 2025, which one was better?",
    "The market was $5 billion in 2024 and 40% of it was CPO: who leads?",
    "How much power and how much cost does a 51.2T switch at 5 pJ/bit have?",
    "30 W和9 W的模块哪个更好？",
    "Shipments were 5 million units in 2023, 8 million in 2024 and 12 million in 2025: what growth?",
    "What is the loss of two couplers, 1.5 dB and 2 dB, at 1310 nm and 25 °C?",
    "10 W and 20 W: what is the total?",
    "What is the average of 10 W and 20 W?",
    "How many 1.6T modules make 51.2T?",
    "What is 5 pJ/bit in W?",
    "What is 3 dB in dBm?",
    "How much is 100 USD in CNY?",
    "Convert 25 °C to K",
    "How many watts is 2 km?",
    "A module costs 1000 USD and sells for 800 CNY: what margin?",
    "A 25 W module replaces a 10 W one: how much power is saved?",
    "20 dBm laser split 1:4 with 0.5 dB excess: output in dBm?",
    "51.2T、5 pJ/bit、64端口，每端口多少瓦？",
    "Yield of 32 engines is 19.4%; what is the unit yield?",
    "A laser of 100 mW at 10% efficiency: heat flux on 1 mm2?",
    "If power falls by 65% from 15 W, what's the new power?",
    "Market share 30% of 5 billion: how much?",
    "What is 10% of 500 W?",
    "Add 10 dBm and 13 dBm",
    "Each switch has 16 engines of 25 W. How many watts for 4 switches?",
    "市场份额从30%提高到40%，增长率是多少？",
    "毛利率28%，成本310美元，售价是多少？",
    "PUE从1.5降到1.2，1MW的IT负载一年省多少MWh？",
    "EML: 20 million supply, demand exceeds supply by 30%. What is the gap?",
    "Price 430 USD in 2024 and 365 USD in 2025, cost 230 USD: gross margin?",
    "CPO draws 5.4 W, 64% less than a pluggable. How many watts does the pluggable draw?",
    "If 15 W drops by 64%, what is left?",
    "At most 5 W per port and 64 ports: total power?",
    "2024年50亿美元，2026年65亿美元，2030年120亿美元，CAGR？",
    "32 engines at 95% and 16 lasers at 99%: overall yield?",
    "What does Yole forecast for 2030: 46 million or 8.1 billion dollars?",
    "5 pJ/bit 与 15 pJ/bit 相差多少倍？",
    "",
]
TWISTED = """
2024年出货量增加了24.6万吨，达到120万吨，增长百分之几？
产量增加了24.6万吨，增长百分之几？
占比分别为72.9%、82.7%，合计是多少？
三家占比分别为20%、30%、10%，合计多少？
交付一周要多少天？
从订单到交货要多久？一般12周
一周7天，两周要多少天？
Revenue rose by 24 million to 63 million, what growth is that?
Sales grew by 300 units; how many percent is it?
The power fell by 5 W to 10 W; what is the saving in percent?
Power dropped by 30%; now it is 14 W. What was it before?
15 W module does not go to 5 W. What is the saving?
With 95% and 98%, what is the total?
Utilisation was 72% and 81%; average?
Margins are 30% and 40%. What is the overall margin?
The yields were 90% in 2023 and 95% in 2024. By how much did the yield improve?
Share rose from 20% to 30%: what is the growth in percentage points?
A 1.6T module costs 1,000 USD and draws 25 W with 3 lasers; pJ/bit?
16 engines at 10 FIT and 20 W; system FIT?
每只1200元，每只功耗25W，800G，每比特能耗多少？
64个端口，15W降到5W，每台交换机省多少千瓦？电价？
A switch with 64 ports draws 960 W. Power per port?
A rack has 40 switches and draws 20 kW: how much per switch?
What's 5% of 300 W?
How many weeks are 90 days?
How many GPUs for 51.2T at 800G each with 2 ports?
What does 3 W times 5 give?
损耗3dB和4dB哪个大？
良率从90%提高到95%，提高了几个百分点？
毛利率从30%提升到37%，增长多少？
市占率由20%升到30%，增长率？
单价从800元降到600元，毛利率下降了多少？
收入800亿元，成本占60%，毛利率？
净利润30亿元，收入200亿元，净利率多少？
2023年12亿元，2024年15亿元，2025年18亿元，同比增长多少？
2023年收入12亿元，2024年增加3亿元，同比增速？
在12亿元的基础上减少3亿元，降幅是多少？
需求比供给多30%，缺口百分之几？
Demand exceeds supply by 30%; what share of demand goes unmet?
Demand 40, of which 20 in China; supply gap?
Capacity is 20 million, up from 12 million, and demand 40 million; supply gap?
16 lasers at 95% yield but only 12 are used; yield?
MTBF 1 million hours and 3 spares: FIT?
5% of 1000 modules fail each year at 100 FIT; expected failures?
How long is 5,440 bits of queue at 100 Gb/s with 3 hops?
20 dBm minus 3 dB in mW?
Add 20 dBm and 20 dBm, how many dBm?
3 dB + 4 dB, linear ratio?
Convert 20 dBm and 23 dBm into mW
What is 10 times 3 dB?
A laser at 20 dBm loses 3 dB; how many mW arrive?
8路激光器每路100mW，损耗3dB，总光功率多少dBm？
每路20dBm，共8路，总功率多少mW？
PAM4 lane at 53.125 GBd with 4 lanes per fibre and 2 fibres: total rate?
每根光纤200Gb/s，共8根，总带宽多少？
51.2T switch, 4 of 64 ports dark, 5 pJ/bit: watts?
51.2T switch, 5 pJ/bit for 60% of ports and 15 pJ/bit for the rest: watts?
A 25 W module carries 1.6T in each direction; energy per bit counting both?
If PUE falls from 1.5 to 1.2 on 1 MW, how many MWh are saved a year?
PUE 1.3，1MW，电价0.5元涨到0.6元，一年多花多少电费？
Saving 1,500 USD a year for 5 years on 9,000 USD: payback including 10% interest?
Extra capex 9,000 USD, saving 1,500 USD a month, payback in years?
多投8000美元，每月省200美元，几年回本？
Cost 500 USD, mark-up 40%: price?
Price 800 USD after a 20% discount, cost 341 USD. Gross margin before the discount?
Price 800, cost 341, tax 5%: gross margin?
Fixed cost 20M, price 450, unit cost 330, and we sold 100,000 units. Break-even units?
HHI of 40%, 30%, 20% when the second and third merge?
份额40%、30%、20%、10%，前两家合并后的HHI？
四家份额40%、30%、20%、10%，CR3是多少？
CAGR was 25% from 2020 to 2024; what will it be to 2030?
Market of 5 billion growing 20% a year until 2030, from 2024 on, minus 1 billion of captive: value?
市场规模2024年50亿元，2030年200亿元，2027年是多少？
从50亿元到200亿元，增加了多少？
不考虑良率，16个引擎每个450美元，总成本？
A wafer of 300 mm holds how many 10 mm dies with 5 mm spacing?
die 25 mm2 of which 5 mm2 active, 0.5 defects/cm2, Poisson yield?
30 W on 400 mm2, 60% of it in one corner; heat flux?
Junction at 85 °C with 2 W and 10 K/W: what is the case temperature?
结温90度，功耗2W，热阻20K/W，壳温多少？
ring drift 0.07 nm/K over 5 nm: which temperature?
冷却液升温6度，流量0.3升/分，带走多少瓦？
2.6 ppm与15 ppm，温差从20度升到120度，长20mm，位移多少？
The eye penalty of PAM4 and 3 dB of loss: total in dB?
消光比由5dB降到3.5dB，功率代价增加多少？
Sensitivity -6 dBm, 20 dBm laser: without the 3 dB connector, what is the margin?
连接损耗0.5dB共4个接头，另加光纤0.2dB，总损耗多少？
1:4 splitter followed by a 1:2 splitter: total splitting loss?
99% availability; how many minutes of downtime a year?
5 years at 960 FIT with a 2-year burn-in: survival?
16 engines plus two spares, 16 must work, 98% each: yield?
16 needed engines and 18 lasers, 98% yield each: package yield?
2024年市场46亿，份额30%，2030年将达到多少？
The market was 8.1 billion dollars in 2030, CPO holds 30%, how big in 2033?
Sales grew 30% to 8.1 billion dollars in 2030, how big in 2033?
2024年市场4600万美元，同比增137%，2030年多少？
市场2024年4600万美元，年减20%，2030年多少？
2024年市场4600万美元，CPO渗透率年增2%，2030年多少？
800G vs 1.6T at 15 pJ/bit: how many watts?
CPO 15 pJ/bit vs pluggable 5 pJ/bit at 51.2T: how many watts saved?
MTBF of 2.6 million hours: how many of 24,000 ports fail in a month?
How many hours until 24,000 ports fail in total, at 384 FIT?
壳温45°C，功耗1.5 W，热阻25和6 °C/W并联，结温多少？
通道16和8 W，功耗多少？
"""
"""Questions in which a number has another role than it seems to have, or which ask for what no formula gives."""

VALUES = [
    ("How much does the electricity for 10 MW of IT load at PUE 1.2 cost per year at 8 cents per kWh?", "cost",
     "8,409,600 USD"),
    ("每年用电1000兆瓦时，电价每度6角，电费多少？", "cost", "600,000 CNY"),
    ("8 x 100 mW lasers at 15% wall-plug efficiency: electrical watts?", "electrical_w", "5.33333 W"),
    ("100 switches × 64 ports × 21 W: how many kW?", "power_kw", "134.4 kW"),
    ("Pay 8,000 now, save 2,000 a year for 5 years: NPV at 8%?", "npv", "-14.5799"),
    ("1 MW at PUE 1.3 for half a year: MWh?", "energy_mwh", "5694 MWh"),
    ("14–16 W modules replaced by 5.5 W CPO: what percentage is saved?", "saving_pct", "60.7143–65.625%"),
    ("15 W versus 5.4 W per 800G: how many times less power?", "ratio_x", "2.77778×"),
    ("128 ports, 30 W each with pluggables and 9 W each with CPO: how many kilowatts are saved in total?", "saving_w",
     "2688 W"),
    ("From 1.2 to 0.8 kW: what percentage saving?", "saving_pct", "33.3333%"),
    ("800G port at 5.5 W. At that efficiency, how many watts does a 51.2T switch need for optics?", "power_w", "352 W"),
    ("losses of 4, 3 and 1.5 dB, laser 17 dBm, sensitivity -6 dBm, link margin?", "margin_db", "14.5 dB"),
    ("48 ports × 14 W + 16 ports × 9 W, total power in kW?", "power_kw", "0.816 kW"),
    ("25.6T交换机，单比特能耗15皮焦降到5皮焦，节电多少瓦、百分之多少？", "saving_w", "256 W"),
    ("10公里光纤、每公里0.25 dB，总衰减几个dB？", "loss_db", "2.5 dB"),
    ("Die area 100 mm2, D0 of 0.2 per cm2: Poisson die yield?", "yield_pct", "81.8731%"),
    ("2023年营收12亿元，2024年营收15亿元，同比增长多少？", "growth_pct", "25%"),
    ("今年出货130万只，去年80万只，同比增长多少？", "growth_pct", "62.5%"),
    ("The margin must be at least 3 dB. Laser 20 dBm, losses 4 dB and 3 dB, sensitivity -8 dBm: does the link close?",
     "closes", "yes"),
    ("51.2Tb/sスイッチ、5 pJ/bitの場合、消費電力は何Wですか？", "power_w", "256 W"),
    ("How many W does a 51.2T switch use at 6.875 pJ/bit, rounded to one decimal?", "power_w", "352.0 W"),
    ("What is the net present value at 10% for cash flows of -1000, 400, 400 and 500 dollars?", "npv", "69.87 USD"),
]
# fmt: on
WORDED = """
How many watts and what percentage do we save when a 51.2T switch goes from 16 pJ/bit to 6 pJ/bit?
    switch_optics_power_w: capacity_tbps=51.2T | energy_pj_per_bit=16 pJ/bit
    switch_optics_power_w: capacity_tbps=51.2T | energy_pj_per_bit=6 pJ/bit
    power_saving: p_old_w=#1.power_w | p_new_w=#2.power_w
64 ports × 18 W, PUE 1.2, 0.1 USD/kWh: annual electricity cost?
    fleet_power_kw: items=64 × 18 W
    annual_energy_mwh: it_power_w=#1.power_kw | pue=1.2
    annual_cost: energy_mwh=#2.energy_mwh | price_per_kwh=0.1 USD/kWh
Transmit 16 dBm, 9 dB of losses in total, sensitivity -5 dBm: does the link close and with how much margin?
    link_budget: p_laser_dbm=16 dBm | losses_db=9 dB | sensitivity_dbm=-5 dBm
Receiver sensitivity is -8 dBm, the path loses 10.5 dB and we require 2 dB margin; minimum laser power?
    min_laser_power_dbm: sensitivity_dbm=-8 dBm | losses_db=10.5 dB | margin_db=2 dB
How much electrical power does a 1 W (optical) light source with 10% wall-plug efficiency need?
    els_electrical_power_w: optical_mw_total=1 W | wpe=10%
1,024 lanes, each laser shared by 8 lanes and 16 lasers in a module: number of ELS modules?
    laser_counts: n_lanes=1,024 | lanes_per_laser=8 | lasers_per_module=16
our DR8 module is rated 1.6T and dissipates 24 W - efficiency in pJ per bit please
    energy_per_bit_pj: power_w=24 W | rate_gbps=1.6T
If one coupling succeeds 99.5% of the time, what's the chance that all 64 succeed?
    series_yield_pct: unit_yield_pct=99.5% | n=64
18 engine sites, 16 have to work, each with 99% yield. What package yield follows?
    k_of_n_yield_pct: n=18 | k=16 | unit_yield_pct=99%
A chip at 3 W sits on 8 K/W with the heatsink at 40 °C, how hot is the junction?
    junction_temp_c: t_ref_c=40 °C | power_w=3 W | rth_c_per_w=8 K/W
Compute the OMA for an average power of -1 dBm and 4.5 dB extinction ratio.
    oma_from_average: p_avg_dbm=-1 dBm | er_db=4.5 dB
Spending 90 dollars per part at a 60% yield gives what cost per good part?
    cost_per_good_unit: cost_pool=90 dollars | yield_pct=60%
Sum up the power: 128 transceivers at 16 W plus 32 at 22 W, in kilowatts
    fleet_power_kw: items=128 × 16 W; 32 × 22 W
How many servers can a three-tier fat tree of radix-32 switches attach?
    fat_tree_hosts: radix=32 | tiers=three
What is the shoreline density if 12.8 Tb/s leave through a 16 mm edge?
    shoreline_density_gbps_mm: bandwidth_gbps=12.8 Tb/s | edge_mm=16 mm
Wafer yield 88%, bonding yield 94%, test yield 99% - cumulative yield?
    compound_yield_pct: yields_pct=88%; 94%; 99%
16 engines of 10 FIT and 16 lasers of 50 FIT: system FIT and MTBF?
    system_fit: items=16 × 10 FIT; 16 × 50 FIT
    mtbf_h_from_fit: fit=#1.fit
    = 1 2
Die yield for 100 mm2 at 0.2 defects per square centimetre, Murphy
    die_yield_pct: area_mm2=100 mm2 | defect_density_per_cm2=0.2 defects per square centimetre | model=murphy
10 km of fibre with 0.32 dB/km attenuates the signal by how much?
    fiber_loss_db: length_km=10 km | alpha_db_per_km=0.32 dB/km
Line rate of a 800 Gb/s net stream with RS(544,514) and 256b/257b
    line_rate_gbps: net_gbps=800 Gb/s | fec_n=544 | fec_k=514
Quick one: 12 pJ/b, 800 Gb/s, how many watts does the link burn?
    interface_power_w: energy_pj_per_bit=12 pJ/b | rate_gbps=800 Gb/s
12 K warmer at 0.08 nm/K: how far does the ring resonance move?
    wavelength_drift_nm: delta_t_c=12 K | coeff_nm_per_c=0.08 nm/K
Test coverage 90%, yield 80%: outgoing defect level in ppm?
    test_escape_ppm: yield_pct=80% | coverage_pct=90%
Assume a 3 MW hall at a PUE of 1.4. Electricity per year?
    annual_energy_mwh: it_power_w=3 MW | pue=1.4
Carbon footprint of 5,000 MWh at 350 gCO2/kWh in tonnes
    annual_co2_t: energy_mwh=5,000 MWh | grid_g_per_kwh=350 gCO2/kWh
Splitting one laser eight ways, what is the ideal loss?
    splitter_loss_db: n_ways=eight
4 wavelengths at 56 GBd PAM4 yield what rate per fiber?
    per_fiber_rate_gbps: wavelengths=4 | baud_gbd=56 GBd | levels=4
How long an edge does 51.2 Tb/s need at 800 Gb/s/mm?
    required_edge_mm: bandwidth_gbps=51.2 Tb/s | density_gbps_mm=800 Gb/s/mm
A 1.6T engine occupies 10 mm x 8 mm. Gb/s per mm2?
    areal_density_gbps_mm2: bandwidth_gbps=1.6T | w_mm=10 mm | h_mm=8 mm
What heat flux does 120 W over 600 mm2 give?
    heat_flux_w_cm2: power_w=120 W | area_mm2=600 mm2
102.4T交换机从14pJ/bit降到5pJ/bit，省多少瓦？按PUE 1.2、每度0.6元，每年省多少电费？
    switch_optics_power_w: capacity_tbps=102.4T | energy_pj_per_bit=14pJ/bit
    switch_optics_power_w: capacity_tbps=102.4T | energy_pj_per_bit=5pJ/bit
    power_saving: p_old_w=#1.power_w | p_new_w=#2.power_w
    annual_energy_mwh: it_power_w=#3.saving_w | pue=1.2
    annual_cost: energy_mwh=#4.energy_mwh | price_per_kwh=0.6元/kWh
    = 3 5
64个端口每个21瓦，PUE为1.2，一年耗电多少、排碳多少（每度电570克）？
    fleet_power_kw: items=64 × 21瓦
    annual_energy_mwh: it_power_w=#1.power_kw | pue=1.2
    annual_co2_t: energy_mwh=#2.energy_mwh | grid_g_per_kwh=570克/kWh
    = 2 3
多花8000美元，每台每年省14.7MWh电，电价0.08美元/度，回收期多长？
    annual_cost: energy_mwh=14.7MWh | price_per_kwh=0.08美元/度
    simple_payback_years: extra_capex=8000美元 | annual_saving=#1.cost
单价800元、成本500元，毛利率多少？若固定成本3亿元，卖多少只盈亏平衡？
    gross_margin_pct: price=800元 | cost=500元
    break_even_units: fixed_cost=3亿元 | price=800元 | unit_cost=500元
    = 1 2
良率分别为95%、98%、97%的三道工序，成本池500元，合格品单位成本？
    compound_yield_pct: yields_pct=95%; 98%; 97%
    cost_per_good_unit: cost_pool=500元 | yield_pct=#1.yield_pct
960 FIT换算成MTBF是多少？修复时间24小时的话可用度？
    mtbf_h_from_fit: fit=960 FIT
    availability: mtbf_h=#1.mtbf_h | mttr_h=24小时
    = 1 2
发射18dBm，总损耗11dB，灵敏度-5dBm，余量几dB？
    link_budget: p_laser_dbm=18dBm | losses_db=11dB | sensitivity_dbm=-5dBm
每根光纤8个波长，波特率50GBd，NRZ调制，单纤带宽多少？
    per_fiber_rate_gbps: wavelengths=8 | baud_gbd=50GBd | levels=2
激光器总出光600mW，插墙效率12%，需要多少电功率
    els_electrical_power_w: optical_mw_total=600mW | wpe=12%
三步工艺的良率为93%、96%、99%，最终良率多少？
    compound_yield_pct: yields_pct=93%; 96%; 99%
50mm²裸片，D0=0.4/cm²，泊松模型良率多少
    die_yield_pct: area_mm2=50mm² | defect_density_per_cm2=0.4/cm² | model=泊松模型
80W芯片面积400mm²，热流密度是多少W/cm²？
    heat_flux_w_cm2: power_w=80W | area_mm2=400mm²
横向错位2微米，模场半径5微米，耦合损耗增加多少dB？
    lateral_loss_db: d_um=2微米 | w1_um=5微米
2023年6亿元，2028年30亿元，年复合增速多少？
    cagr_pct: v0=6亿元 | v1=30亿元 | years=5 years
25.6T交换机，每比特12皮焦，光模块总共多少瓦？
    interface_power_w: energy_pj_per_bit=每比特12皮焦 | rate_gbps=25.6T
2兆瓦IT负载，PUE按1.3算，全年耗电多少兆瓦时
    annual_energy_mwh: it_power_w=2兆瓦 | pue=1.3
消光比4dB、平均功率0dBm，OMA等于多少mW？
    oma_from_average: p_avg_dbm=0dBm | er_db=4dB
6.4T从32mm边缘出光，每毫米带宽多少Gb/s？
    shoreline_density_gbps_mm: bandwidth_gbps=6.4T | edge_mm=32mm
需求500万只、供给350万只，供需缺口占需求多少？
    supply_gap: demand=500万 | supply=350万
售价430美元、成本310美元的模块毛利率是多少？
    gross_margin_pct: price=430美元 | cost=310美元
Ea=0.6eV，40℃用、85℃测，加速倍数？
    arrhenius_af: t_use_c=40℃ | t_stress_c=85℃ | ea_ev=0.6eV
某模块22W跑1.6Tb/s，每bit多少pJ
    energy_per_bit_pj: power_w=22W | rate_gbps=1.6Tb/s
壳温55℃，热阻9K/W，功耗2W，结温多高？
    junction_temp_c: t_ref_c=55℃ | power_w=2W | rth_c_per_w=9K/W
全球出货1200万只，我司300万只，市占率？
    market_share_pct: v=300万 | total=1200万
5万只模块，每只80FIT，一年预计坏几只？
    expected_failures: n_units=5万 | fit=80FIT
去年营收40亿元，今年52亿元，同比增幅？
    growth_pct: v0=40亿元 | v1=52亿元
51.2T要用多少条200G通道？
    lane_count: capacity_tbps=51.2T | lane_gbps=200G
PAM4信号Q=3.2，求误码率
    ber_from_q: q=3.2 | levels=4
市场每年涨45%，多长时间翻倍
    doubling_time_years: cagr_pct=45%
800米光纤的传播时延是多少
    time_of_flight_ns: length_m=800米
Wavelength drift over 40 K at 0.08 nm/K
    wavelength_drift_nm: delta_t_c=40 K | coeff_nm_per_c=0.08 nm/K
36 engines, 32 must be good, 95% each: yield?
    k_of_n_yield_pct: n=36 | k=32 | unit_yield_pct=95%
With 18 engines at 98% yield, 16 needed, what is the package yield?
    k_of_n_yield_pct: n=18 | k=16 | unit_yield_pct=98%
102.4T, 15 pJ/bit vs 5 pJ/bit, how many watts saved?
    switch_optics_power_w: capacity_tbps=102.4T | energy_pj_per_bit=15 pJ/bit
    switch_optics_power_w: capacity_tbps=102.4T | energy_pj_per_bit=5 pJ/bit
    power_saving: p_old_w=#1.power_w | p_new_w=#2.power_w
With an MTBF of 2.6 million hours, how many of 24,000 ports fail in a year?
    fit_from_mtbf_h: mtbf_h=2.6 million hours
    expected_failures: n_units=24,000 | fit=#1.fit
CPO market: 8.1 billion dollars in 2030 growing 30% a year, how big in 2033?
    project: v0=8.1 billion dollars | cagr=30% | years=3 years
若市场2024年4600万美元，年增137%，2030年多少？
    project: v0=4600万美元 | cagr=137% | years=6 years
102.4 Tb/s over 200G lanes, 4 wavelengths per fibre: how many fibres?
    fiber_count: capacity_tbps=102.4 Tb/s | lane_gbps=200G | wavelengths_per_fiber=4
CTE 2.6 vs 15 ppm/K, 20 mm, 100 K: displacement from neutral point in micrometres?
    cte_mismatch_um: alpha1_ppm=2.6 ppm/K | alpha2_ppm=15 ppm/K | delta_t_c=100 K | length_mm=20 mm | from_neutral=yes
壳温45°C，功耗1.5 W，热阻25和6 °C/W，结温多少？
    junction_temp_c: t_ref_c=45°C | power_w=1.5 W | rth_c_per_w=25 °C/W; 6 °C/W
Zero failures in 2 million device hours, 90% confidence FIT limit?
    fit_upper_bound: device_hours=2 million device hours | failures=0 | confidence_pct=90%
"""
"""Each question with its calculations, and where not the last one alone is asked for, "=" and those that are."""


def _worded() -> list[Case]:
    cases: list[Case] = []
    for line in WORDED.strip().splitlines():
        if line.startswith("    = "):
            question, steps, _ = cases.pop()
            cases.append((question, steps, tuple(int(one) for one in line.split()[1:])))
        elif line.startswith("    "):
            formula, _, given = line.strip().partition(": ")
            pairs = (each.partition("=") for each in given.split(" | ") if each)
            cases[-1][1].append((formula, {name: words for name, _, words in pairs}))
            cases[-1] = (*cases[-1][:2], (len(cases[-1][1]),))
        else:
            cases.append((line, [], ()))
    return cases


CASES = [*ENGLISH, *CHINESE, *_worded()]


def answers(found: Route) -> Steps:
    return [(found.steps[n - 1].formula_id, found.steps[n - 1].inputs) for n in found.answers]


@pytest.mark.parametrize(("question", "steps", "asked"), CASES)
def test_finds_the_formulas_and_their_operands(question: str, steps: Steps, asked: tuple[int, ...]) -> None:
    found = route(question)
    assert found is not None
    assert [(step.formula_id, step.inputs) for step in found.steps] == steps
    assert found.answers == asked
    assert not any(step.missing for step in found.steps)
    assert len(run_route(found)) == len(steps)


@pytest.mark.parametrize(("question", "steps"), [(question, steps) for question, steps, _ in CASES])
def test_operands_are_the_questions_own_numbers(question: str, steps: Steps) -> None:
    said = re.sub(r"[^0-9.]", " ", question).split()
    for _, inputs in steps:
        for words in inputs.values():
            for number in re.findall(r"(?<![#\w.])[0-9][0-9.]*", words.replace(",", "").replace("#", " #")):
                spelt = number in ("0", "2", "3", "5", "6", "11")  # "zero failures", NRZ, 三道, the span of two dates
                assert spelt or number.rstrip(".") in " ".join(said) or number in question.replace(",", "")


@pytest.mark.parametrize(("question", "output", "shown"), VALUES)
def test_gives_the_right_number(question: str, output: str, shown: str) -> None:
    found = route(question)
    assert found is not None
    assert run_route(found)[found.answers[-1] - 1].output(output).shown == shown


@pytest.mark.parametrize("question", [*NOWHERE, *TWISTED.strip().splitlines()])
def test_says_no_rather_than_guess(question: str) -> None:
    assert route(question) is None


def test_what_is_too_long_or_full_of_numbers_is_no_question() -> None:
    assert route("51.2 Tb/s at 5 pJ/bit, how many watts? " * 60) is None
    assert route("How many watts are " + ", ".join(f"{n} W" for n in range(60)) + " in total?") is None


@pytest.mark.parametrize(
    ("question", "formula_id", "inputs", "missing"),
    [
        ("Calculate the optics power of a 51.2 Tb/s switch in watts", "switch_optics_power_w",
         {"capacity_tbps": "51.2 Tb/s"}, ("energy_pj_per_bit",)),
        ("计算51.2T交换机在5 pJ/bit下的年用电量", "annual_energy_mwh", {"it_power_w": "#1.power_w"}, ("pue",)),
        ("Calculate the annual energy of 2 MW of IT load", "annual_energy_mwh", {"it_power_w": "2 MW"}, ("pue",)),
    ],
)  # fmt: skip
def test_a_plain_order_names_what_is_missing(
    question: str, formula_id: str, inputs: dict[str, str], missing: tuple[str, ...]
) -> None:
    found = route(question)
    assert found is not None
    step = found.steps[-1]
    assert (step.formula_id, step.inputs, step.missing) == (formula_id, inputs, missing)
    with pytest.raises(CalculationError, match=missing[0]):
        run_route(found)


def test_reads_the_rounding_asked_for() -> None:
    found = route("100毫瓦等于多少dBm？保留两位小数")
    assert found is not None
    assert found.rounding.decimals == 2
    assert run_route(found)[0].shown() == "20.00 dBm"


def test_results_are_handed_on_at_full_precision() -> None:
    found = route("16 engines at 10 FIT and 17 lasers at 50 FIT. What MTBF does the system have in hours?")
    assert found is not None
    results = run_route(found)
    assert results[1].outputs[0].value == Decimal(10**9) / Decimal(1010) or results[1].inputs[0].value == 1010


@pytest.mark.parametrize(("one", "other"), list(pairwise(CASES)))
def test_two_questions_at_once_are_answered_each_or_not_at_all(one: Case, other: Case) -> None:
    ends = one[0] if one[0][-1] in "?？.。" else f"{one[0]}？"
    both, first, last = route(f"{ends} {other[0]}"), route(ends), route(other[0])
    if both is None or first is None or last is None:
        return
    expected = [_given(step) for found in (first, last) for step in answers(found)]
    assert all(_given(step) in expected for step in answers(both))


def _given(step: tuple[str, dict[str, str]]) -> tuple[str, dict[str, str]]:
    """A step without what it takes from others, whose numbers differ in a longer route."""
    return step[0], {name: words for name, words in step[1].items() if "#" not in words}


@pytest.mark.parametrize(("question", "steps"), [(question, steps) for question, steps, _ in CASES])
def test_the_formula_is_among_few_cards(question: str, steps: Steps) -> None:
    cards = [known.id for known in find_formula(question)]
    assert steps[-1][0] in cards
    assert len(cards) <= 8


def test_routes_fast() -> None:
    for question, *_ in CASES:
        route(question)
    start = time.perf_counter()
    for question, *_ in CASES:
        route(question)
    assert time.perf_counter() - start < 0.05 * len(CASES)


# --- Numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("from 1.2 to 0.8 kW", ["1200 W", "0.8 kW"]),
        ("losses of 4, 3 and 1.5 dB", ["4 dB", "3 dB", "1.5 dB"]),
        ("PUE 1.3 and $0.08 per kWh", ["1.3", "$0.08 per kWh"]),
        ("PUE 1.3 and 21 W", ["1.3", "21 W"]),
        ("20 × 15 cm", ["20 cm", "15 cm"]),
        ("每度电0.6元", ["0.6元/kWh"]),
        ("每公里0.25 dB", ["0.25 dB/km"]),
        ("0.2 per cm2", ["0.2/cm2"]),
        ("角度偏差1度", ["1 deg"]),
        ("4 × $3000", ["4", "$3000"]),
        ("48 × 14 W + 16 × 9 W", ["48", "14 W", "16", "9 W"]),
        ("zero failures in 1000 hours", ["0", "1000 hours"]),
        ("保留两位小数", []),
        ("rounded to 2 decimals", []),
        ("from 2024 to 2030", ["6 years"]),
    ],
)
def test_reads_numbers_as_arguments_take_them(question: str, words: list[str]) -> None:
    assert [figure.words for figure in read(question).figures] == words


@pytest.mark.parametrize(
    ("question", "free"),
    [
        ("an 800G DR8 module at 14 W", [True, False]),
        ("a 1310 nm laser of 20 dBm", [True, False]),
        ("两种方案，64个端口", [True, False]),
        ("一年耗电 5 MWh", [True, False]),
        ("each of 16 engines at 97%, all 16", [False, False, True]),
    ],
)
def test_names_and_descriptions_need_not_be_used(question: str, free: list[bool]) -> None:
    assert [figure.free for figure in read(question).figures] == free


@pytest.mark.parametrize(
    ("question", "at", "bound"),
    [("over five years", 0, "="), ("over 20 mm", 0, "="), ("at least 8 of 9", 0, "≥"), ("less than 5 W", 0, "<")],
)
def test_knows_a_limit_from_an_extent(question: str, at: int, bound: str) -> None:
    assert read(question).figures[at].bound == bound


# --- Laws -------------------------------------------------------------------------------------------------------------

_PIECES = sorted(
    {
        piece
        for question, *_ in CASES
        for piece in re.findall(r"[A-Za-z/]+|[0-9.,]+|[^\x00-\x7f]{1,3}|[^\w\s]", question)
    }
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join))
def test_every_route_computes_or_is_refused_in_words(question: str) -> None:
    found = route(question)
    if found is None:
        return
    assert all(1 <= n <= len(found.steps) for n in found.answers)
    assert found == route(question)
    try:
        run_route(found)
    except CalculationError as error:
        assert error.next_step
        assert any(step.missing for step in found.steps)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(question: str) -> None:
    for figure in read(question).figures:
        assert 0 <= figure.start <= figure.end <= len(question)
    route(question)


def test_what_settles_on_nothing_is_refused_with_a_typed_error() -> None:
    with pytest.raises(CalculationError, match="settles on no calculation"):
        run_route(route("Who makes lasers in Japan?"))
