#pragma once
#include <QString>
#include <QStringList>

#include "core/api/project.h"

namespace likeness {

/// What must not be in a report: who uses the program, where, and what their things are called.
struct PrivateWords {
  QString home;         ///< "/home/anna"
  QStringList names;    ///< the user's and the computer's
  QStringList things;   ///< paths and file names of projects and photos

  /// Of this user, this computer and the open project.
  [[nodiscard]] static PrivateWords of(const ProjectSnapshot& project);
};

/// The text with these words, every other absolute path, and every address of a server taken out: "~", "(name)",
/// "(file)", "(path).jpg", "(address)".
[[nodiscard]] QString withoutPrivateWords(QString text, const PrivateWords& words);

/// What helps to find a fault: versions, the machine, numbers of the project and the end of the log. No picture, no
/// prompt, no path.
[[nodiscard]] QString makeReport(const ProjectSnapshot& project, const QString& log, const PrivateWords& words);

/// The last part of a log, whole lines, at most `most` bytes; empty if it can't be read.
[[nodiscard]] QString endOfLog(const QString& file, qint64 most);

}  // namespace likeness
