#include "tests/support/fake_pictures.h"

#include <QDir>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QPainterPath>
#include <array>

#include "core/api/photo_list.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

struct Place {
  QRgb skyTop, skyBottom, ground;
};
constexpr std::array<Place, 6> kPlaces = {{{0xff6fb4f5, 0xffbfe0fb, 0xff4e9a3a},
                                           {0xfff6c677, 0xfffbe6bd, 0xffcf9a4e},
                                           {0xff0b0d14, 0xff1c2030, 0xff77777a},
                                           {0xfff4f4f4, 0xfffafafa, 0xffe2e2e2},
                                           {0xff9ab7e0, 0xffcfdcf0, 0xffe9edf3},
                                           {0xffe8dccb, 0xfff0e7da, 0xff9a6a3c}}};

QColor mix(QRgb from, QRgb to, double part) {
  const auto m = [part](int a, int b) { return static_cast<int>(a + (b - a) * part); };
  return {m(qRed(from), qRed(to)), m(qGreen(from), qGreen(to)), m(qBlue(from), qBlue(to))};
}

void paintDog(QPainter& painter, double blend) {
  const QColor coat = mix(0xffdfa36b, 0xff9d98a6, blend);
  const QColor light = mix(0xfff0c79c, 0xffd9cfe6, blend);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(0, 0, 0, 60));
  painter.drawEllipse(QRectF(24, 92, 80, 10));
  painter.setBrush(coat.darker(115));
  for (const double x : {40.0, 50.0, 74.0, 84.0}) painter.drawRoundedRect(QRectF(x, 74, 9, 24), 4, 4);
  painter.setBrush(coat);
  painter.drawRoundedRect(QRectF(34, 56, 60, 26), 13, 13);
  QPainterPath tail(QPointF(36, 62));
  tail.cubicTo(22, 54, 26, 40, 34, 40);
  painter.strokePath(tail, QPen(coat, 6, Qt::SolidLine, Qt::RoundCap));
  painter.setBrush(light);
  painter.drawEllipse(QRectF(26, 32, 6 + 12 * blend, 6 + 12 * blend));
  painter.drawEllipse(QRectF(78, 50, 20, 26));
  painter.setBrush(coat);
  painter.drawEllipse(QRectF(80, 30, 28, 28));
  painter.drawRoundedRect(QRectF(98, 42, 20, 11), 5, 5);
  painter.setBrush(light);
  painter.drawEllipse(QRectF(82, 22, 6 + 20 * blend, 6 + 10 * blend));
  painter.setBrush(coat.darker(125));
  painter.drawEllipse(QRectF(80, 34, 11, 22));
  painter.setBrush(QColor(30, 26, 26));
  painter.drawEllipse(QRectF(98, 38, 4, 5));
  painter.drawEllipse(QRectF(114, 42, 6, 5));
}

}  // namespace

ImagePtr toImagePtr(const QImage& source) {
  if (source.isNull()) return nullptr;
  const QImage image = source.convertToFormat(QImage::Format_RGB888);
  auto out = std::make_shared<Image>();
  out->width = image.width();
  out->height = image.height();
  for (int y = 0; y < image.height(); ++y) {
    out->rgb.insert(out->rgb.end(), image.constScanLine(y), image.constScanLine(y) + image.width() * 3);
  }
  return out;
}

QImage paintScene(int seed, double blend, int size) {
  const Place& place = kPlaces[static_cast<std::size_t>(seed) % kPlaces.size()];
  QImage image(size, size, QImage::Format_RGB32);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(size / 128.0, size / 128.0);
  QLinearGradient sky(0, 0, 0, 84);
  sky.setColorAt(0, QColor(place.skyTop));
  sky.setColorAt(1, QColor(place.skyBottom));
  painter.fillRect(QRectF(0, 0, 128, 128), sky);
  painter.fillRect(QRectF(0, 84 - seed % 5, 128, 60), QColor(place.ground));
  painter.translate(64, 64);
  const double scale = 0.8 + 0.05 * (seed % 5);
  painter.scale((seed / 6) % 2 == 0 ? scale : -scale, scale);
  painter.translate(-64 + seed % 7 - 3, -62);
  paintDog(painter, blend);
  return image;
}

PhotoInfo describePhoto(const std::filesystem::path& file, int resolution) {
  PhotoInfo photo;
  photo.file = file;
  QImageReader reader(toQString(file));
  reader.setAutoTransform(true);
  const QImage image = reader.read();
  if (image.isNull()) {
    photo.finding = {FindingLevel::Wont, "unreadable", "This file is not a picture that can be read."};
    return photo;
  }
  photo.width = image.width();
  photo.height = image.height();
  const bool large = std::max(photo.width, photo.height) > 512;
  photo.thumbnail =
      toImagePtr(large ? image.scaled(512, 512, Qt::KeepAspectRatio, Qt::SmoothTransformation) : image);
  if (std::min(photo.width, photo.height) < resolution / 2) {
    photo.finding = {FindingLevel::Wont, "too_small", "This photo is far too small to learn from."};
  } else if (std::min(photo.width, photo.height) < resolution) {
    photo.finding = {FindingLevel::Look, "small", "This photo is smaller than the training size and will look soft."};
  }
  return photo;
}

std::vector<std::filesystem::path> expandPhotos(const std::vector<std::filesystem::path>& paths) {
  const auto listed = listPhotoFiles(paths);
  return listed.ok() ? listed.value() : paths;  // those of `removed` are only names here
}

std::vector<QImage> readFolder(const QString& folder, int size) {
  std::vector<QImage> images;
  if (folder.isEmpty()) return images;
  for (const auto& file : expandPhotos({toPath(folder)})) {
    const QImage image(toQString(file));
    if (!image.isNull()) images.push_back(image.scaled(size, size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
  }
  return images;
}

}  // namespace likeness
