from agreements.models.agreements import Agreement, Signature, Target

__all__ = ["Agreement", "Signature", "Target"]
