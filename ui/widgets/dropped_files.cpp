#include "ui/widgets/dropped_files.h"

#include <QMimeData>
#include <QUrl>

namespace likeness {

QStringList droppedFiles(const QMimeData* data) {
  QStringList files;
  if (data == nullptr) return files;
  for (const QUrl& url : data->urls()) {
    if (url.isLocalFile()) files.append(url.toLocalFile());
  }
  return files;
}

}  // namespace likeness
