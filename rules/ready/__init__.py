"""The Definition of Ready: one rule a file, all of them named here.

The order is the order of the catalogue, nothing else depends on it.
"""

from rules.ready.acceptance import Acceptance
from rules.ready.acyclic import Acyclic
from rules.ready.atomic import Atomic
from rules.ready.blind_estimate import BlindEstimate
from rules.ready.carried_over import CarriedOver
from rules.ready.checklist import Checklist
from rules.ready.criteria_count import CriteriaCount
from rules.ready.cross_team import CrossTeam
from rules.ready.dependencies_linked import DependenciesLinked
from rules.ready.dependencies_named import DependenciesNamed
from rules.ready.described import Described
from rules.ready.design_linked import DesignLinked
from rules.ready.detail_fits import DetailFits
from rules.ready.duplicate import Duplicate
from rules.ready.environment_given import EnvironmentGiven
from rules.ready.epic_outline import EpicOutline
from rules.ready.estimated import Estimated
from rules.ready.expected_actual import ExpectedActual
from rules.ready.fresh import Fresh
from rules.ready.has_team import HasTeam
from rules.ready.hidden_epic import HiddenEpic
from rules.ready.independent import Independent
from rules.ready.measurable import Measurable
from rules.ready.minimal import Minimal
from rules.ready.on_scale import OnScale
from rules.ready.open_questions import OpenQuestions
from rules.ready.owned import Owned
from rules.ready.placeholders import Placeholders
from rules.ready.prioritised import Prioritised
from rules.ready.reproducible import Reproducible
from rules.ready.small_enough import SmallEnough
from rules.ready.spike_question import SpikeQuestion
from rules.ready.story_form import StoryForm
from rules.ready.testable import Testable
from rules.ready.tick_contradiction import TickContradiction
from rules.ready.timeboxed import Timeboxed
from rules.ready.titled import Titled
from rules.ready.unambiguous import Unambiguous
from rules.ready.unblocked import Unblocked
from rules.ready.unhappy_path import UnhappyPath
from rules.ready.value_stated import ValueStated
from rules.rule import ReadyRule

RULES: tuple[type[ReadyRule], ...] = (
    Described,
    Titled,
    Placeholders,
    OpenQuestions,
    StoryForm,
    ValueStated,
    Atomic,
    Minimal,
    Unambiguous,
    Acceptance,
    Testable,
    CriteriaCount,
    UnhappyPath,
    Measurable,
    Estimated,
    OnScale,
    BlindEstimate,
    SmallEnough,
    HiddenEpic,
    DetailFits,
    Unblocked,
    Acyclic,
    CrossTeam,
    Independent,
    DependenciesLinked,
    DependenciesNamed,
    Duplicate,
    Reproducible,
    ExpectedActual,
    EnvironmentGiven,
    Timeboxed,
    SpikeQuestion,
    EpicOutline,
    HasTeam,
    DesignLinked,
    Prioritised,
    Owned,
    Fresh,
    CarriedOver,
    TickContradiction,
    Checklist,
)
