"""An action while it lives: who announced it, who answers, what is shown of it, how it is forgotten."""
