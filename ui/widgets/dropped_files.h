#pragma once
#include <QStringList>

class QMimeData;

namespace likeness {

/// The local files and folders of a drop or of the clipboard; empty when there are none, and for pictures made here:
/// dragged a little too far, they would become photos to learn from.
[[nodiscard]] QStringList droppedFiles(const QMimeData* data);

/// Pictures made here, to be dragged out or copied. The caller or Qt takes the ownership.
[[nodiscard]] QMimeData* madePictureData(const QStringList& files);
[[nodiscard]] bool isMadePicture(const QMimeData* data);

}  // namespace likeness
