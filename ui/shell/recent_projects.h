#pragma once
#include <QStringList>

namespace likeness {

/// The project folders opened lately, newest first, at most eight, kept in QSettings. Folders that are gone are left out.
[[nodiscard]] QStringList recentProjects();
void rememberProject(const QString& folder);

/// Where new projects go when nothing else is said.
[[nodiscard]] QString projectsFolder();
/// A folder of that name there that does not exist yet ("My dog", "My dog 2").
[[nodiscard]] QString freeProjectFolder(const QString& name);

}  // namespace likeness
