#include "app/cli/convert_arguments.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>

namespace likeness {
namespace {

// "FILE" or "FILE:weight".
Result<std::pair<std::filesystem::path, double>> readLora(const std::string& text) {
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return std::pair{std::filesystem::path(text), 1.0};
  double weight = 0;
  const auto* end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data() + colon + 1, end, weight);
  if (failure == std::errc() && rest == end && std::isfinite(weight)) {
    return std::pair{std::filesystem::path(text.substr(0, colon)), weight};
  }
  return Error{ErrorCode::InvalidArgument,
               "\"" + text + "\" does not end in a weight. Give FILE or FILE:weight, for example style.safetensors:0.8."};
}

}  // namespace

void addOutputOptions(CLI::App& sub, std::string& format, std::string& dtype, const std::string& otherwise) {
  sub.add_option("--format", format, "diffusers: a folder; single-file: one .safetensors in CompVis's names");
  sub.add_option("--dtype", dtype, "fp32, fp16 or bf16; without it " + otherwise)
      ->check(CLI::IsMember({"fp32", "fp16", "bf16"}));
}

ModelFormat modelFormat(const std::string& word) {
  return word == "single-file" ? ModelFormat::SingleFile : ModelFormat::Diffusers;
}

void addConvertArguments(CLI::App& sub, ConvertArguments& arguments) {
  auto& convert = arguments.convert;
  sub.add_option("IN", convert.in, "A folder in diffusers layout, or a .safetensors or .ckpt file")->required();
  sub.add_option("OUT", convert.out, "A new folder, or a new .safetensors file")->required();
  addOutputOptions(sub, arguments.format, convert.dtype, "each tensor keeps its own");
  sub.get_option("--format")->required()->check(CLI::IsMember({"diffusers", "single-file"}));
  sub.add_option("--vae", convert.vae, "A VAE in place of the model's: a file, or a folder in diffusers layout");
  sub.add_option("--text-encoder", convert.textEncoder, "A text encoder in place of the model's");
  sub.add_option("--text-encoder-2", convert.textEncoder2, "The same for SDXL's second one");
  sub.add_option("--lora", arguments.loras, "FILE[:weight], merged into the model; give as many as you like")->take_all();
  sub.add_option("--ema", arguments.ema,
                 "Of two sets of weights in IN, yes uses the moving average, no the plain ones; the other is kept beside")
      ->check(CLI::IsMember({"yes", "no"}));
}

Result<Convert> convertOf(const ConvertArguments& arguments) {
  auto convert = arguments.convert;
  convert.format = modelFormat(arguments.format);
  if (!arguments.ema.empty()) convert.ema = arguments.ema == "yes";
  for (const auto& text : arguments.loras) {
    LK_TRY(auto lora, readLora(text));
    convert.loras.push_back(std::move(lora));
  }
  return convert;
}

}  // namespace likeness
