#pragma once
#include <functional>

#include "core/api/project.h"

class QMenu;

namespace likeness {

/// Fills a menu with pictures to start from: the one on the stage, the subject's photos, a file. `chosen` is called
/// with the file.
void fillStartMenu(QMenu* menu, const ProjectSnapshot& project, const QString& onStage,
                   const std::function<void(const QString&)>& chosen);

}  // namespace likeness
