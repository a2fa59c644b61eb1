#pragma once
#include <QTextCursor>

namespace likeness {

/// Makes the selected words, or the word at the cursor, count `tenths` tenths more or less, as "(word:1.1)"; back at 1
/// the brackets go. One step of the document's undo. Returns a cursor with the words selected, so that it can be called
/// again; `cursor` unchanged where there is no word.
[[nodiscard]] QTextCursor changeWeight(QTextCursor cursor, int tenths);

}  // namespace likeness
