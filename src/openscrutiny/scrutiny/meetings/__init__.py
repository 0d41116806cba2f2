"""The committee's meetings: their calendar, what is due before and after, their agenda."""
