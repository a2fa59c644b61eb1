#pragma once
#include <string>
#include <string_view>

namespace likeness {

/// An XMP packet that carries `text` (ASCII, our recipe as JSON) as likeness:recipe, a property of a namespace of its own, which
/// programs that edit metadata keep. Source: ISO 16684-1.
[[nodiscard]] std::string makeXmp(std::string_view text);

/// The likeness:recipe of an XMP packet, empty when there is none. Any bytes may be given.
[[nodiscard]] std::string readXmpText(std::string_view xmp);

}  // namespace likeness
