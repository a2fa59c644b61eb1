#pragma once
#include <QLocale>

namespace likeness {

/// Installs the texts of the system's language, where there are any, over the English plural forms. Once.
void installTranslations();

/// Texts, and the direction in which the window runs, of this language from here on, for widgets that are made from here
/// on; English where there are none. Call after installTranslations().
void useLanguage(const QLocale& locale);

}  // namespace likeness
