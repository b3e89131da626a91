-- Nothing to mend here: these triggers compare column by column, and never the generated ones. The number is taken, as
-- numbers mean the same on both databases.
SELECT 1;
