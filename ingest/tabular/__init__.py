"""Tables, however they are drawn, as rows with the names of their columns."""
