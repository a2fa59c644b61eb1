#pragma once
#include <vector>

#include "ui/shell/page.h"

namespace likeness {

/// The five pages in the order of the steps.
[[nodiscard]] std::vector<Page*> makePages(Session* session);

}  // namespace likeness
