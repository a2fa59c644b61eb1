#include "ui/theme/translations.h"

#include <QGuiApplication>
#include <QLocale>
#include <QTranslator>
#include <memory>
#include <utility>

#include "ui/settings/preferences.h"

// Must stand outside any namespace: it names a function that the resource compiler makes.
static void initialiseTranslations() { Q_INIT_RESOURCE(likeness_translations); }

namespace likeness {

namespace {

const QString& folder() {
  static const QString kFolder = QStringLiteral(":/likeness/i18n");
  return kFolder;
}

}  // namespace

void useLanguage(const QLocale& locale) {
  static QTranslator* current = nullptr;
  if (current != nullptr) QCoreApplication::removeTranslator(current);
  delete std::exchange(current, nullptr);
  auto own = std::make_unique<QTranslator>();
  const bool there = locale.language() != QLocale::English &&
                     own->load(locale, QStringLiteral("likeness"), QStringLiteral("_"), folder());
  if (there) {
    current = own.release();
    QCoreApplication::installTranslator(current);
  }
  // English in a window that runs from right to left would help nobody.
  QGuiApplication::setLayoutDirection(there ? locale.textDirection() : Qt::LeftToRight);
}

void installTranslations() {
  static bool installed = false;
  if (installed) return;
  installed = true;
  initialiseTranslations();
  // The sources are English, but "%n photo(s)" still needs its singular and plural.
  auto* english = new QTranslator(qApp);
  if (english->load(QStringLiteral("likeness_en"), folder())) QCoreApplication::installTranslator(english);
  const QString wanted = savedLanguage();
  if (!wanted.isEmpty()) QLocale::setDefault(QLocale(wanted));
  useLanguage(QLocale());
}

}  // namespace likeness
