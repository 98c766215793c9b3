"""Questions in QTI, which Canvas, Blackboard and others write."""
