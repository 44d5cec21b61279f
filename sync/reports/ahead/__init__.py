"""The page of `readyline forecast`: several sprints ahead, and when certain issues are done."""
