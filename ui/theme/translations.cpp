#include "ui/theme/translations.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

#include "ui/settings/preferences.h"

// Must stand outside any namespace: it names a function that the resource compiler makes.
static void initialiseTranslations() { Q_INIT_RESOURCE(likeness_translations); }

namespace likeness {

void installTranslations() {
  static bool installed = false;
  if (installed) return;
  installed = true;
  initialiseTranslations();
  const QString folder = QStringLiteral(":/likeness/i18n");
  // The sources are English, but "%n photo(s)" still needs its singular and plural.
  auto* english = new QTranslator(qApp);
  if (english->load(QStringLiteral("likeness_en"), folder)) QCoreApplication::installTranslator(english);
  const QString wanted = savedLanguage();
  if (!wanted.isEmpty()) QLocale::setDefault(QLocale(wanted));
  auto* own = new QTranslator(qApp);
  if (QLocale().language() != QLocale::English &&
      own->load(QLocale(), QStringLiteral("likeness"), QStringLiteral("_"), folder)) {
    QCoreApplication::installTranslator(own);
  }
}

}  // namespace likeness
