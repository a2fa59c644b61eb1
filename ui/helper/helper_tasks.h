#pragma once
#include <QCoreApplication>
#include <QString>

namespace likeness {

/// What the helper can be asked for with one click.
enum class HelperTask { Describe, Noun, Prompts, Safety, Own };

/// The words that go to the server: English, which such models read best. `noun` may be empty; `own` is the user's.
[[nodiscard]] QString wordsFor(HelperTask task, const QString& noun, const QString& own = {});

/// An answer made fit for a caption: one line, with `[V] noun` for the subject where the noun is named.
[[nodiscard]] QString asCaption(const QString& answer, const QString& noun);
/// The noun in an answer: its first line without a full stop or an article, at most three words; empty if there is none.
[[nodiscard]] QString asNoun(const QString& answer);
/// Whether an answer to Safety warns of the picture; one that says neither counts as a warning.
[[nodiscard]] bool isWarning(const QString& answer);

}  // namespace likeness
