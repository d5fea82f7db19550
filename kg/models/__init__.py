"""The trained models that ship with the package; see ``kg/train.py``."""
