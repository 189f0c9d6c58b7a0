"""Which result of one formula may be an argument of another."""

from collections.abc import Mapping
from functools import cache

_POWERS = ("interface_power_w.power_w", "switch_optics_power_w.power_w", "fleet_power_kw.power_kw")
_YIELDS = (
    "series_yield_pct.yield_pct", "compound_yield_pct.yield_pct", "k_of_n_yield_pct.yield_pct",
    "die_yield_pct.yield_pct",
)  # fmt: skip
_RATES_OF_FAILURE = ("system_fit.fit", "fit_from_mtbf_h.fit")
_LOSSES = ("splitter_loss_db.loss_db", "fiber_loss_db.loss_db")

_FLOWS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (_POWERS, ("power_saving.p_old_w", "power_saving.p_new_w", "coolant_rise_c.power_w", "heat_flux_w_cm2.power_w")),
    ((*_POWERS, "els_electrical_power_w.electrical_w", "power_saving.saving_w"), ("annual_energy_mwh.it_power_w",)),
    (("interface_power_w.power_w", "switch_optics_power_w.power_w", "power_saving.saving_w"),
     ("fleet_power_kw.items",)),
    (("energy_per_bit_pj.energy_pj_per_bit",),
     ("switch_optics_power_w.energy_pj_per_bit", "interface_power_w.energy_pj_per_bit")),
    (("annual_energy_mwh.energy_mwh",), ("annual_cost.energy_mwh", "annual_co2_t.energy_mwh")),
    (("annual_cost.cost",), ("simple_payback_years.annual_saving", "tco.annual_opex")),
    (("lane_count.lanes",), ("laser_counts.n_lanes",)),
    (("fiber_count.total_fibers", "optical_engine_count.engines", "lane_count.lanes"), ("series_yield_pct.n",)),
    (_RATES_OF_FAILURE, ("survival_pct.fit", "expected_failures.fit", "spares_needed.fit")),
    (("system_fit.fit",), ("mtbf_h_from_fit.fit",)),
    (("mtbf_h_from_fit.mtbf_h",), ("availability.mtbf_h",)),
    (_YIELDS, ("cost_per_good_unit.yield_pct", "test_escape_ppm.yield_pct")),
    (("dbm_to_mw.power_mw",), ("els_electrical_power_w.optical_mw_total", "wall_plug_efficiency.optical_mw")),
    (_LOSSES, ("link_budget.losses_db", "min_laser_power_dbm.losses_db")),
    (("time_of_flight_ns.time_ns", "block_time_ns.time_ns"), ("total_latency_ns.parts",)),
    (("cagr_pct.cagr_pct",), ("project.cagr", "doubling_time_years.cagr_pct")),
    (("learning_rate_pct.learning_rate_pct",), ("wright_cost.learning_rate_pct",)),
)  # fmt: skip

_PORTS = ("port", "module", "link", "transceiver", "lane", "engine", "端口", "模块", "链路", "通道", "引擎")
_SWITCHES = ("switch", "switches", "chassis", "box", "boxes", "system", "交换机", "台")
COUNTED: Mapping[str, tuple[str, ...]] = {
    "interface_power_w": _PORTS,
    "switch_optics_power_w": _SWITCHES,
    "power_saving": (*_PORTS, *_SWITCHES, "pluggable", "可插拔"),
}
"""Formula → what a number must count if its result is had that many times: 64 ports are not 64 switches."""

PAIRS: Mapping[str, tuple[str, str]] = {"power_saving": ("p_old_w", "p_new_w")}
"""Formula → the two arguments that set one state against another, so that both may come from one formula."""


RELATIONS = (*PAIRS, "growth_pct", "cagr_pct", "learning_rate_pct")
"""Formulas that set what something was against what it became."""

PARTS = ("market_share_pct",)
"""Formulas of a part in percent of its whole."""


@cache
def feeders(formula_id: str, parameter: str) -> tuple[tuple[str, str], ...]:
    """(formula, output) of the results that may be this argument."""
    wanted = f"{formula_id}.{parameter}"
    found = [output for outputs, inputs in _FLOWS if wanted in inputs for output in outputs]
    return tuple((one.partition(".")[0], one.partition(".")[2]) for one in found)
