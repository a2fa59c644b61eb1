#include "ui/theme/fonts.h"

#include <QFontDatabase>
#include <QGuiApplication>

// Must stand outside any namespace: it names a function that the resource compiler makes.
static void initialiseResources() { Q_INIT_RESOURCE(likeness); }

namespace likeness {

void loadFonts() {
  static bool loaded = false;
  if (loaded) return;
  loaded = true;
  initialiseResources();
  for (const char* name : {"Regular", "Medium", "SemiBold", "Bold"}) {
    QFontDatabase::addApplicationFont(QStringLiteral(":/likeness/fonts/Inter-%1.otf").arg(QLatin1String(name)));
  }
}

QFont textFont(TextStyle style) {
  QFont font = QGuiApplication::font();
  font.setFamilies({QStringLiteral("Inter"), font.family()});
  font.setWeight(QFont::Normal);
  font.setPixelSize(14);
  switch (style) {
    case TextStyle::Small: font.setPixelSize(12); break;
    case TextStyle::Body: break;
    case TextStyle::Strong: font.setWeight(QFont::Medium); break;
    case TextStyle::Heading:
      font.setPixelSize(16);
      font.setWeight(QFont::DemiBold);
      break;
    case TextStyle::Title:
      font.setPixelSize(22);
      font.setWeight(QFont::Bold);
      break;
  }
  return font;
}

}  // namespace likeness
