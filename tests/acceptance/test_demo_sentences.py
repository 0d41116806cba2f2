"""The demonstration says nothing that may not be said: every story, whoever reads."""

from pathlib import Path

import pytest

from openscrutiny.workspace import open_workspace
from support.forbidden import faults_of_publications, texts_of
from support.publications import publish_to
from support.replay import faults_of_short


@pytest.mark.parametrize("audience", ["officers", "members", "public"])
def test_no_sentence_of_the_demonstration_is_one_that_may_not_be_told(
    borough: Path, audience: str
) -> None:
    publication = publish_to(audience, open_workspace(borough))
    stories = publication.stories.values()

    assert faults_of_publications([publication]) == []
    assert faults_of_short(stories) == []
    # It has something to judge, and says of what it may not that it does not.
    assert sum(story.rag.tone in ("green", "amber", "red") for story in stories) >= 3
    assert sum(story.number.value is not None for story in stories) >= 20
    if audience == "officers":
        assert any("not judged" in texts_of(story) for story in stories)
