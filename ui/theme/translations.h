#pragma once

namespace likeness {

/// Installs the texts of the system's language, where there are any, over the English plural forms. Once.
void installTranslations();

}  // namespace likeness
