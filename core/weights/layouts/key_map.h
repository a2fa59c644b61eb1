#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace likeness {

/// What a tensor goes through on its way from CompVis's layout to diffusers'; the way back undoes it.
enum class TensorChange {
  None,
  Pointwise,   ///< a 1×1 convolution [o, i, 1, 1] there, a linear map [o, i] here
  Transposed,  ///< [i, o] there, [o, i] here
  Query,       ///< the first third of the rows there
  Key,         ///< the second
  Value,       ///< the last
};

struct MappedName {
  std::string name;
  TensorChange change = TensorChange::None;
};

/// One table of names between CompVis's layout and diffusers', read in either direction.
class KeyMap {
 public:
  /// How the rest of a name differs: both end in a dot, or are the whole rest.
  struct Ending {
    std::string_view compvis, diffusers;
    TensorChange change = TensorChange::None;
  };

  /// Names that begin with `compvis` there and with `diffusers` here; both end in a dot, or are whole names. The rest
  /// is one of `endings`, or the same in both where there are none.
  void add(const std::string& compvis, const std::string& diffusers, std::span<const Ending> endings = {});

  /// Another beginning that is read, never written.
  void addSpelling(const std::string& compvis, const std::string& diffusers);

  /// diffusers' names of a tensor in CompVis's layout: none, one, or three (query, key and value).
  [[nodiscard]] std::vector<MappedName> toDiffusers(const std::string& compvis) const;
  [[nodiscard]] std::optional<MappedName> toCompvis(const std::string& diffusers) const;

 private:
  struct Rule {
    std::string compvis, diffusers;
    std::span<const Ending> endings;
  };
  std::vector<Rule> m_rules;
  std::unordered_map<std::string, std::size_t> m_byCompvis, m_byDiffusers;
};

}  // namespace likeness
