#include "core/weights/lora.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/text.h"
#include "core/tensor/check.h"

namespace likeness {
namespace {

constexpr double kLargestScale = 1000;
constexpr std::int64_t kLargestRank = 4096;

// What one file and one model make together; the members' errors name both.
class Resolver {
 public:
  Resolver(const LoraFile& file, const LoraNames& names) : m_file(file), m_names(names) {}

  Result<Lora> resolve() {
    Lora lora{m_file.path(), {}, {}, m_file.family()};
    for (const auto& [entry, target] : matches(lora.unknown)) {
      LK_TRY(auto change, read(*entry, *target));
      lora.modules.push_back({*target, std::move(change)});
    }
    if (lora.modules.empty()) return fitsNowhere(lora);
    lora.unknown.insert(lora.unknown.end(), m_file.others().begin(), m_file.others().end());
    return lora;
  }

 private:
  using Match = std::pair<const LoraEntry*, const LoraTarget*>;

  // Some files hold everything twice, in the original's names and in diffusers': the latter count, as in diffusers.
  std::vector<Match> matches(std::vector<std::string>& unknown) const {
    std::vector<Match> list;
    std::map<const LoraTarget*, std::pair<std::size_t, bool>> taken;
    for (const auto& entry : m_file.entries()) {
      const auto found = m_names.find(entry.component, entry.module);
      if (!found) {
        unknown.push_back(entry.prefix);
        continue;
      }
      const auto [before, first] = taken.emplace(found->target, std::pair(list.size(), found->original));
      if (first) {
        list.emplace_back(&entry, found->target);
      } else if (before->second.second && !found->original) {
        unknown.push_back(list[before->second.first].first->prefix);
        list[before->second.first].first = &entry;
        before->second.second = false;
      } else {
        unknown.push_back(entry.prefix);
      }
    }
    return list;
  }

  Result<LowRankChange> read(const LoraEntry& entry, const LoraTarget& target) const {
    LowRankChange change;
    const bool convolution = target.shape.size() == 4;
    change.down = shaped(entry.down, convolution);
    change.up = shaped(entry.up, convolution);
    if (!entry.mid.empty()) change.mid = tensor(entry.mid);
    if (!entry.magnitude.empty()) readMagnitude(entry, target, change);
    if (change.down.dim() == 0 || change.down.size(0) == 0) return broken(entry.down, "has the rank 0");
    for (const auto rank : {change.down.size(0), change.mid.defined() && change.mid.dim() > 0 ? change.mid.size(0) : 0}) {
      if (rank > kLargestRank) return broken(entry.down, "has the rank " + std::to_string(rank) + ", more than any LoRA");
    }
    if (const auto misfit = change.misfit(target.shape); !misfit.empty()) return misshapen(entry, misfit);
    for (const auto* matrix : {&change.down, &change.up, &change.mid, &change.magnitude}) {
      if (matrix->defined() && !matrix->is_floating_point()) return broken(entry.prefix, "holds whole numbers");
      if (matrix->defined() && !allFinite(*matrix)) return broken(entry.prefix, "holds values that are not numbers");
    }
    LK_TRY(change.scale, scale(entry, change.rank()));
    return change;
  }

  [[nodiscard]] torch::Tensor tensor(const std::string& name) const { return m_file.source().tensor(name); }

  // A linear map may be stored as a 1×1 convolution and the reverse.
  [[nodiscard]] torch::Tensor shaped(const std::string& name, bool convolution) const {
    const torch::Tensor matrix = tensor(name);
    if (convolution && matrix.dim() == 2) return matrix.unsqueeze(-1).unsqueeze(-1);
    if (!convolution && matrix.dim() == 4 && matrix.size(2) == 1 && matrix.size(3) == 1) return matrix.flatten(1);
    return matrix;
  }

  // PEFT keeps one magnitude per output, [out] or [1, out, 1, 1]. LyCORIS's `dora_scale` is one per output,
  // [out, 1, …], or one per input, [1, in, …]: its shape tells.
  void readMagnitude(const LoraEntry& entry, const LoraTarget& target, LowRankChange& change) const {
    const torch::Tensor values = tensor(entry.magnitude);
    const bool perOutput = values.dim() < 2 || values.size(0) == target.shape[0] || !entry.perInput;
    change.axis = perOutput ? MagnitudeAxis::Outputs : MagnitudeAxis::Inputs;
    change.magnitude = values.flatten();
  }

  [[nodiscard]] Result<double> scale(const LoraEntry& entry, std::int64_t rank) const {
    double scale = 1;
    if (!entry.alpha.empty()) {
      const torch::Tensor alpha = tensor(entry.alpha);
      if (alpha.numel() != 1) return broken(entry.alpha, "should be one number");
      scale = alpha.item<double>() / static_cast<double>(rank);
    } else if (const auto* settings = m_file.settings(entry.component)) {
      scale = settings->scale(dottedName(entry.module), rank);
    }
    if (!std::isfinite(scale)) return broken(entry.prefix, "has an alpha that is not a number");
    if (std::abs(scale) > kLargestScale) {
      return broken(entry.prefix, "has an alpha over " + std::to_string(static_cast<int>(kLargestScale)) +
                                      " times its rank, which no training gives");
    }
    return scale;
  }

  static std::string dottedName(std::string module) {
    constexpr std::string_view kProcessor = ".processor";
    if (const auto at = module.find(kProcessor); at != std::string::npos) module.erase(at, kProcessor.size());
    return module;
  }

  [[nodiscard]] Error broken(const std::string& name, const std::string& what) const {
    return {ErrorCode::Corrupt,
            m_file.path().string() + " is damaged: " + quotedName(name) + " " + what +
                ". Copy or download the file again.",
            {},
            m_file.path().string()};
  }

  // "…, made for Stable Diffusion XL, does not fit this model, which is Stable Diffusion 1.x"
  [[nodiscard]] std::string families() const {
    const std::string made = m_file.family();
    const bool known = !made.empty() && made != m_names.family();
    return m_file.path().string() + (known ? ", made for " + made + "," : "") + " does not fit this model" +
           (known ? ", which is " + m_names.family() : "");
  }

  [[nodiscard]] Error misshapen(const LoraEntry& entry, const std::string& misfit) const {
    return {ErrorCode::Unsupported,
            families() + ": for " + quotedName(entry.prefix) + " " + misfit +
                ". Choose a LoRA that was made for this kind of model.",
            {},
            m_file.path().string()};
  }

  [[nodiscard]] Error fitsNowhere(const Lora& lora) const {
    std::string detail;
    for (const auto& name : lora.unknown) detail += "unknown: " + name + "\n";
    return {ErrorCode::Unsupported,
            families() + ": the model has none of the " + std::to_string(lora.unknown.size()) +
                " modules that it changes, such as " + quotedName(lora.unknown.front()) +
                ". Choose a LoRA that was made for this kind of model.",
            detail, m_file.path().string()};
  }

  const LoraFile& m_file;
  const LoraNames& m_names;
};

}  // namespace

std::string Lora::report(const LoraNames& names) const {
  if (unknown.empty()) return {};
  constexpr std::size_t kShown = 3;
  std::string text = path.string() + " was applied to " + std::to_string(modules.size()) + " modules; " +
                     std::to_string(unknown.size()) + " more in it are unknown to this model (";
  for (std::size_t i = 0; i < std::min(kShown, unknown.size()); ++i) text += (i == 0 ? "" : "; ") + quotedName(unknown[i]);
  text += unknown.size() > kShown ? "; …)" : ")";
  if (!family.empty() && family != names.family()) text += ": made for " + family + ", this model is " + names.family();
  return text + ".";
}

Result<Lora> openLora(const std::filesystem::path& path, const LoraNames& names) {
  LK_TRY(const LoraFile file, LoraFile::open(path));
  return fitLora(file, names);
}

Result<Lora> fitLora(const LoraFile& file, const LoraNames& names) { return Resolver(file, names).resolve(); }

}  // namespace likeness
