from agreements.models.agreed import targets_in_force
from agreements.models.agreements import Agreement, Signature, Target
from agreements.models.bindings import signed_by_units

__all__ = ["Agreement", "Signature", "Target", "signed_by_units", "targets_in_force"]
