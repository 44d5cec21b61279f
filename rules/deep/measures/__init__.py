"""The measures of DEEP: one a file, all of them named here, in the order in which reports show them."""

from rules.deep.measure import DeepMeasure, Measures
from rules.deep.measures.blind_estimates import BlindEstimates
from rules.deep.measures.churn import Churn
from rules.deep.measures.commonest_size import CommonestSize
from rules.deep.measures.dead_weight import DeadWeight
from rules.deep.measures.dependency_inversions import DependencyInversions
from rules.deep.measures.depth import Depth
from rules.deep.measures.detail_gradient import DetailGradient
from rules.deep.measures.early_detail import EarlyDetail
from rules.deep.measures.estimated import EstimateCoverage
from rules.deep.measures.far_and_small import FarAndSmall
from rules.deep.measures.fresh import Fresh
from rules.deep.measures.frozen_horizon import FrozenHorizon
from rules.deep.measures.growth import Growth
from rules.deep.measures.last_change import LastChange
from rules.deep.measures.late_churn import LateChurn
from rules.deep.measures.missing_detail import MissingDetail
from rules.deep.measures.moved_by_others import MovedByOthers
from rules.deep.measures.must import Must
from rules.deep.measures.priority_inversions import PriorityInversions
from rules.deep.measures.priority_set import PrioritySet
from rules.deep.measures.ready_near import ReadyNear
from rules.deep.measures.runway import ReadyRunway
from rules.deep.measures.small_enough import SmallEnough
from rules.deep.measures.stale import Stale
from rules.deep.measures.stale_estimates import StaleEstimates
from rules.deep.measures.top_replaced import TopReplaced
from rules.deep.measures.urgent import Urgent
from rules.deep.measures.value_order import ValueOrder

MEASURES: tuple[type[DeepMeasure], ...] = (
    ReadyRunway,
    ReadyNear,
    MissingDetail,
    EarlyDetail,
    DetailGradient,
    EstimateCoverage,
    SmallEnough,
    StaleEstimates,
    BlindEstimates,
    FarAndSmall,
    CommonestSize,
    Churn,
    LastChange,
    FrozenHorizon,
    TopReplaced,
    LateChurn,
    Stale,
    Fresh,
    Depth,
    DeadWeight,
    Growth,
    PriorityInversions,
    DependencyInversions,
    MovedByOthers,
    PrioritySet,
    ValueOrder,
    Urgent,
    Must,
)

DEFAULTS = Measures(tuple(measure() for measure in MEASURES))
"""All measures with their default options."""
