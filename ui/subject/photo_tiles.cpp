#include "ui/subject/photo_tiles.h"

#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

QString shortWords(const PhotoFinding& finding) {
  const QString code = QString::fromStdString(finding.code);
  if (finding.level == FindingLevel::Fine) return PhotoTiles::tr("Fine");
  if (code == QStringLiteral("small")) return PhotoTiles::tr("Small");
  if (code == QStringLiteral("blurred")) return PhotoTiles::tr("Blurred");
  if (code == QStringLiteral("cropped")) return PhotoTiles::tr("Much is cut off");
  if (code == QStringLiteral("duplicate")) return PhotoTiles::tr("Much like another");
  if (code == QStringLiteral("too_small")) return PhotoTiles::tr("Too small");
  if (code == QStringLiteral("unreadable")) return PhotoTiles::tr("Can't be read");
  return finding.level == FindingLevel::Wont ? PhotoTiles::tr("Won't work") : PhotoTiles::tr("Look at this");
}

}  // namespace

Tone toneOf(FindingLevel level) {
  switch (level) {
    case FindingLevel::Fine: return Tone::Good;
    case FindingLevel::Look: return Tone::Warning;
    case FindingLevel::Wont: return Tone::Error;
  }
  return Tone::Plain;
}

BadgeText badgeOf(const PhotoFinding& finding) {
  const QString icon = finding.level == FindingLevel::Fine   ? QStringLiteral("check")
                       : finding.level == FindingLevel::Wont ? QStringLiteral("cross")
                                                             : QString();
  return {shortWords(finding), toneOf(finding.level), icon};
}

std::vector<PictureItem> PhotoTiles::tilesOf(const std::vector<PhotoInfo>& photos,
                                             const std::vector<std::filesystem::path>& coming) {
  std::vector<PictureItem> items;
  for (std::size_t k = 0; k < photos.size(); ++k) {
    const PhotoInfo& photo = photos[k];
    PictureItem item;
    item.key = toQString(photo.file);
    item.image = squareOf(item.key, photo);
    item.badge = badgeOf(photo.finding);
    const QString name = toQString(photo.file.filename());
    const QString sentence = QString::fromStdString(photo.finding.sentence);
    item.toolTip = sentence.isEmpty() ? name : name + u'\n' + sentence;
    item.accessibleText = tr("Photo %1, %2: %3").arg(k + 1).arg(name, item.badge.text);
    items.push_back(std::move(item));
  }
  for (std::size_t k = 0; k < coming.size(); ++k) {
    PictureItem item;
    // Read here beside the window as far as Qt can, so that something is seen at once; the engine's word comes later.
    item.file = toQString(coming[k]);
    item.key = QStringLiteral("coming-%1-").arg(k) + item.file;
    item.badge = {tr("Looking at it …"), Tone::Soft, QString()};
    item.toolTip = item.accessibleText = toQString(coming[k].filename());
    items.push_back(std::move(item));
  }
  PictureItem more;
  more.key = QStringLiteral("more");
  more.invitation = tr("Drop more here") + u'\n' + tr("JPEG, HEIC, RAW, TIFF …");
  more.toolTip = tr("Or click to choose photos");
  more.accessibleText = tr("Choose more photos");
  items.push_back(std::move(more));
  return items;
}

QImage PhotoTiles::squareOf(const QString& key, const PhotoInfo& photo) {
  Square& square = m_squares[key];
  if (square.image.isNull() || square.thumbnail != photo.thumbnail || !(square.crop == photo.crop)) {
    square = {photo.thumbnail, photo.crop, cropped(toQImage(photo.thumbnail), photo.crop)};
  }
  return square.image;
}

}  // namespace likeness
