#pragma once
#include <QString>
#include <QStringList>

#include "ui/theme/theme.h"

namespace likeness {

// What the user chose for the program as a whole, kept in QSettings.

[[nodiscard]] Scheme savedScheme();
void saveScheme(Scheme scheme);

/// Threads for computing; 0: one a core. Read when the program starts.
[[nodiscard]] int savedThreads();
void saveThreads(int threads);

/// "de", or empty for the system's. Read when the program starts.
[[nodiscard]] QString savedLanguage();
void saveLanguage(const QString& language);
/// What there are translations of, English first.
[[nodiscard]] QStringList languagesThere();

/// Where new projects go; empty: the system's folder for pictures.
[[nodiscard]] QString savedProjectsFolder();
void saveProjectsFolder(const QString& folder);

}  // namespace likeness
