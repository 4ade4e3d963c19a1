mod t;
