#include "ui/widgets/dropped_files.h"

#include <QMimeData>
#include <QUrl>

namespace likeness {
namespace {

const QString kMadeHere = QStringLiteral("application/x-likeness-made-picture");

}  // namespace

QStringList droppedFiles(const QMimeData* data) {
  QStringList files;
  if (data == nullptr || isMadePicture(data)) return files;
  for (const QUrl& url : data->urls()) {
    if (url.isLocalFile()) files.append(url.toLocalFile());
  }
  return files;
}

QMimeData* madePictureData(const QStringList& files) {
  QList<QUrl> urls;
  for (const QString& file : files) urls.append(QUrl::fromLocalFile(file));
  auto* data = new QMimeData;
  data->setUrls(urls);
  data->setData(kMadeHere, QByteArrayLiteral("1"));
  return data;
}

bool isMadePicture(const QMimeData* data) { return data->hasFormat(kMadeHere); }

}  // namespace likeness
