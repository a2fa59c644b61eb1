#pragma once
#include <QStringList>

class QMimeData;

namespace likeness {

/// The local files and folders of a drop or of the clipboard; empty when there are none.
[[nodiscard]] QStringList droppedFiles(const QMimeData* data);

}  // namespace likeness
