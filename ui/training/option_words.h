#pragma once
#include <QString>
#include <QStringList>
#include <utility>
#include <vector>

namespace likeness {

/// How the window names a training option, beside the summary that the option itself carries.
struct OptionWords {
  QString title;                                       ///< "Learning rate"
  std::vector<std::pair<QString, QString>> choices{};  ///< value and name, for options that are one of a few
};

/// The words for an option by its name in files; an option without words of its own is named by that, spaced.
[[nodiscard]] OptionWords optionWords(const QString& name);

}  // namespace likeness
