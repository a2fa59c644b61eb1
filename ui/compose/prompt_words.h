#pragma once
#include <QStringList>

namespace likeness {

/// Words that models know well, for completion: places, light, manners of painting. In English, the language of the
/// models; in the order of the alphabet.
[[nodiscard]] const QStringList& commonPromptWords();

/// Those and the words of prompts, each once, in the order of the alphabet without regard to case.
[[nodiscard]] QStringList promptWords(const QStringList& prompts);

}  // namespace likeness
