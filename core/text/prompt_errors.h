#pragma once
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace likeness {

/// `what` ("The prompt") is not valid UTF-8.
[[nodiscard]] Error notUtf8(const std::string& what);

/// The text as far as a message repeats it.
[[nodiscard]] std::string shortenedText(std::string_view text);

}  // namespace likeness
