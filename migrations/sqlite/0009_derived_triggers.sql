-- From here on the server derives the triggers that log edits, make keys and words, and edit the rows that embed an
-- edited one: from the declarations of the catalogues and from the columns that the tables have. It replaces those of the
-- migrations before this one, under the same names, whenever it starts and finds others. Nothing is to do here.
SELECT 1;
