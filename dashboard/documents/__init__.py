"""What people take to the conference: one content of tables and sentences, written as deck, report or workbook."""
