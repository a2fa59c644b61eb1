#include "ui/compose/mask_file.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>

#include "ui/widgets/qimage.h"

namespace likeness {

std::optional<std::filesystem::path> saveMask(const QImage& mask, const std::filesystem::path& folder) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  mask.save(&buffer, "PNG");
  const QDir target(toQString(folder));
  const auto name = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex().left(12));
  const auto file = target.filePath(QStringLiteral("mask-%1.png").arg(name));
  if (QFile::exists(file)) return toPath(file);
  QSaveFile out(file);
  if (QDir().mkpath(target.path()) && out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() &&
      out.commit()) {
    return toPath(file);
  }
  return std::nullopt;
}

}  // namespace likeness
