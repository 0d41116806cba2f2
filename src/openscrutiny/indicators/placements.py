"""How many placements a child had in a year of care: the rules of LA5.

Source: local authority interactive tool (DfE), dictionary, LACStable_2016on: "All
placements of 24 hours or more" count, those open on 1 April among them, and only a child
who is "placed for adoption with their existing foster carers" has not moved. SSDA903
guide, "reason for new episode" (RNE): S started, P placement and carer, T placement (same
carer), B legal status, placement and carer, U legal status and placement (same carer)
begin a placement, since each records another; L, the legal status alone, does not. A3 and
A5 are placements for adoption with the present foster carers (rule 217).
"""

from openscrutiny.record.expressions import RecordView, Rows, ibis

_TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
_RESPITE = ("V3", "V4")
_NEW_PLACEMENT = ("S", "P", "T", "B", "U")
_ADOPTION_BY_PRESENT_CARERS = ("A3", "A5")


def placements_in_year(record: RecordView) -> Rows:
    """Count placements by load and child: `placed_load`, `placed_child`, `placements`.

    The year is the one that the load covers.
    """
    episodes = record.all_rows("cla_episodes")
    episodes = episodes.filter(
        ~episodes.clae_legal_status.isin(_RESPITE).fill_null(False)
    )
    episodes = episodes.mutate(
        child=episodes.clae_person_id,
        start=episodes.clae_cla_episode_start_date,
        ceased=episodes.clae_cla_episode_ceased_date,
        reason=episodes.clae_cla_episode_start_reason,
        temporary=episodes.clae_cla_placement_type.isin(_TEMPORARY).fill_null(False),
        place=ibis.coalesce(episodes.clae_cla_placement_type, "")
        + "|"
        + ibis.coalesce(episodes.clae_cla_placement_provider, "")
        + "|"
        + ibis.coalesce(episodes.clae_cla_placement_urn, ""),
    )
    # What ended within its first day goes before what began on that day and went on.
    episodes = episodes.mutate(
        until=ibis.coalesce(episodes.ceased, ibis.date("9999-12-31")),
        adopted=episodes.clae_cla_placement_type.isin(_ADOPTION_BY_PRESENT_CARERS),
    )
    order = ["start", "until", "line"]
    in_order = ibis.window(group_by=["load_id", "child"], order_by=order)
    episodes = episodes.mutate(after_temporary=episodes.temporary.lag().over(in_order))
    stays = episodes.filter(~episodes.temporary)
    stays = stays.mutate(place_before=stays.place.lag().over(in_order))
    back = stays.after_temporary.fill_null(False) & (stays.place == stays.place_before)
    begins = stays.place_before.isnull() | (
        stays.reason.isin(_NEW_PLACEMENT).fill_null(False)
        & ~((back | stays.adopted.fill_null(False)) & (stays.reason != "S"))
    )
    stays = stays.mutate(begins=begins.ifelse(1, 0))
    so_far = ibis.cumulative_window(group_by=["load_id", "child"], order_by=order)
    stays = stays.mutate(number=stays.begins.sum().over(so_far))
    placements = stays.group_by(["load_id", "child", "number", "valid_from"]).aggregate(
        first=stays.start.min(),
        last=stays.ceased.max(),
        still_open=stays.ceased.isnull().any(),
        valid_to=stays.valid_to.max(),
    )
    nights = placements.filter(
        (placements.first <= placements.valid_to)
        & (
            placements.still_open
            | (
                (placements.last > placements.valid_from)
                & (placements.last > placements.first)
            )
        )
    )
    return nights.group_by(
        placed_load=nights.load_id, placed_child=nights.child
    ).aggregate(placements=nights.count())
