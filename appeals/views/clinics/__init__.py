"""The pages of the clinics' workspace."""
