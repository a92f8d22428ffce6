"""What pictures and widgets are made with. Knows no lesson."""
