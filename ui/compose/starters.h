#pragma once
#include <QStringList>
#include <vector>

namespace likeness {

/// A button that fills in a prompt: its name, and prompts for it with `[V]` in place, tried in turn.
struct Starter {
  QString name;
  QString picture;  ///< of resources/starters
  QStringList prompts;
};

/// The starters for a class noun ("dog"; "subject" when empty). Prompts are in English, the language of the models.
[[nodiscard]] std::vector<Starter> starters(const QString& classNoun);

}  // namespace likeness
