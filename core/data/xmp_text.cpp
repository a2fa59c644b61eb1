#include "core/data/xmp_text.h"

#include <array>
#include <charconv>
#include <utility>

#include "core/base/text.h"

namespace likeness {
namespace {

constexpr std::string_view kProperty = "likeness:recipe";
constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};

std::string escaped(std::string_view text) {
  std::string xml;
  for (const char c : text) {
    if (c == '<' || c == '>' || c == '&') {
      for (const auto& [entity, character] : kEntities) {
        if (character == c) xml += entity;
      }
    } else {
      xml += c;
    }
  }
  return xml;
}

// The character of "&#123;" or "&#x7b;" at the start of `xml`, as UTF-8, and how long the reference is; 0: it is none.
std::size_t readNumericEntity(std::string_view xml, std::string& text) {
  constexpr std::size_t kLongest = 10;
  const auto end = xml.substr(0, kLongest).find(';');
  if (!xml.starts_with("&#") || end == std::string_view::npos) return 0;
  const bool hex = xml.size() > 2 && xml[2] == 'x';
  const auto digits = xml.substr(hex ? 3 : 2, end - (hex ? 3 : 2));
  std::uint32_t character = 0;
  const auto [rest, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), character, hex ? 16 : 10);
  if (failure != std::errc() || rest != digits.data() + digits.size() || character > 0x10ffff) return 0;
  std::u16string utf16;
  if (character > 0xffff) {
    utf16 += static_cast<char16_t>(0xd800 + ((character - 0x10000) >> 10));
    utf16 += static_cast<char16_t>(0xdc00 + ((character - 0x10000) & 0x3ff));
  } else {
    utf16 += static_cast<char16_t>(character);
  }
  text += fromUtf16(utf16);
  return end + 1;
}

std::string unescaped(std::string_view xml) {
  std::string text;
  while (!xml.empty()) {
    std::size_t used = 1;
    char plain = xml.front();
    if (plain == '&') {
      used = readNumericEntity(xml, text);
      for (const auto& [entity, character] : kEntities) {
        if (used == 0 && xml.starts_with(entity)) {
          used = entity.size();
          text += character;
        }
      }
      if (used == 0) text += plain, used = 1;
    } else {
      text += plain;
    }
    xml.remove_prefix(used);
  }
  return text;
}

}  // namespace

std::string makeXmp(std::string_view text) {
  return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
         "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
         "<rdf:Description rdf:about=\"\" xmlns:likeness=\"urn:likeness:picture:1.0/\">\n<likeness:recipe>" +
         escaped(text) +
         "</likeness:recipe>\n</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

std::string readXmpText(std::string_view xmp) {
  auto at = xmp.find(kProperty);
  if (at == std::string_view::npos) return {};
  xmp.remove_prefix(at + kProperty.size());
  // Programs that write the packet again may make an attribute of the element.
  const bool attribute = xmp.starts_with("=\"") || xmp.starts_with("='");
  const std::size_t opening = attribute ? 2 : xmp.starts_with(">") ? 1 : 0;
  const auto end = opening == 0 ? std::string_view::npos : attribute ? xmp.find(xmp[1], 2) : xmp.find('<', 1);
  if (end == std::string_view::npos) return {};
  return repairedUtf8(unescaped(xmp.substr(opening, end - opening)));
}

}  // namespace likeness
