from agreements.models.agreed import targets_in_force
from agreements.models.agreements import Agreement, Signature, Target

__all__ = ["Agreement", "Signature", "Target", "targets_in_force"]
