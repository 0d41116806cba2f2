"""Tables of special educational needs: requests, assessments, plans; and of schools."""

from openscrutiny.record.tables.table import DATE, FLAG, INT, TEXT, Table

LEARNING = (
    Table(
        "ehcp_requests",
        "one request for an education, health and care needs assessment",
        {
            "ehcr_ehcp_request_id": TEXT,
            "ehcr_person_id": TEXT,
            "ehcr_ehcp_req_date": DATE,
            "ehcr_ehcp_req_source": TEXT,
            "ehcr_ehcp_req_outcome_date": DATE,
            "ehcr_ehcp_req_outcome": TEXT,
            "ehcr_mediation": TEXT,
            "ehcr_tribunal": TEXT,
            "ehcr_exported": TEXT,
        },
        ("ehcr_ehcp_request_id",),
    ),
    Table(
        "ehcp_assessment",
        "one education, health and care needs assessment",
        {
            "ehca_ehcp_assessment_id": TEXT,
            "ehca_ehcp_request_id": TEXT,
            "ehca_person_id": TEXT,
            "ehca_ehcp_assessment_outcome": TEXT,
            "ehca_ehcp_assessment_outcome_date": DATE,
            "ehca_ehcp_assessment_exceptions": FLAG,  # Week20: an exception applied
            "ehca_mediation": TEXT,
            "ehca_tribunal": TEXT,
        },
        ("ehca_ehcp_assessment_id",),
    ),
    Table(
        "ehcp_named_plan",
        "one education, health and care plan",
        {
            "ehcn_named_plan_id": TEXT,
            "ehcn_ehcp_request_id": TEXT,
            "ehcn_person_id": TEXT,
            "ehcn_named_plan_start_date": DATE,
            "ehcn_named_plan_ceased_date": DATE,
            "ehcn_named_plan_ceased_reason": TEXT,
            "ehcn_plan_setting": TEXT,
            "ehcn_plan_urn": TEXT,
        },
        ("ehcn_named_plan_id",),
    ),
    Table(
        "ehcp_active_plans",
        "one plan in force at the end of the return's year, with its last review",
        {
            "ehcp_active_ehcp_id": TEXT,
            "ehcp_ehcp_request_id": TEXT,
            "ehcp_person_id": TEXT,
            "ehcp_transfer_la": TEXT,  # the authority it came from; null if none
            "ehcp_review_meeting_date": DATE,
            "ehcp_review_outcome": TEXT,
            "ehcp_active_ehcp_last_review_date": DATE,
            "ehcp_setting": TEXT,
            "ehcp_urn": TEXT,
            "ehcp_ukprn": TEXT,
        },
        ("ehcp_active_ehcp_id",),
    ),
    Table(
        "sen_need",
        "one special educational need of one active plan",
        {
            "senn_active_ehcp_id": TEXT,
            "senn_person_id": TEXT,
            "senn_active_ehcp_need_type": TEXT,
            "senn_active_ehcp_need_rank": TEXT,
        },
        (
            "senn_active_ehcp_id",
            "senn_active_ehcp_need_type",
            "senn_active_ehcp_need_rank",
        ),
    ),
    Table(
        "establishments",
        "one school, college or other establishment of the national register",
        {
            "esta_urn": TEXT,
            "esta_ukprn": TEXT,
            "esta_la": TEXT,  # the authority in whose area it lies
            "esta_type": INT,  # the register's own number of its type
        },
        ("esta_urn",),
    ),
)
