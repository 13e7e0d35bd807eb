from agreements.models.agreed import targets_in_force
from agreements.models.agreements import Agreement, Declining, Signature, Target
from agreements.models.bindings import signed_by_units

__all__ = [
    "Agreement",
    "Declining",
    "Signature",
    "Target",
    "signed_by_units",
    "targets_in_force",
]
