#include <stdexcept>

// toml++ 3.3 takes for granted what a broken file need not hold, such as a key in "[.a]" (found by fuzzing): it then
// asserts. Here that is one more way to say that the file is broken, in every build.
#undef NDEBUG
#define TOML_ASSERT(expression) \
  if (!(expression)) throw std::invalid_argument("it breaks the rules of TOML")
#include <toml++/toml.h>

#include <functional>
#include <map>

#include "core/project/option_importer.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

using Texts = std::vector<std::string>;

// A value as the file's people would write it, without quotes.
std::string textOf(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  if (const auto* whole = node.as_integer()) return std::to_string(whole->get());
  if (const auto* number = node.as_floating_point()) return numberText(number->get());
  if (const auto* array = node.as_array()) {
    std::string all;
    for (const auto& item : *array) all += (all.empty() ? "" : ", ") + textOf(item);
    return all;
  }
  return node.is_table() ? "{…}" : "…";
}

// Their option: how it becomes ours. Written as spelled in their command line.
using Handler = std::function<void(OptionImporter&, const std::string& name, const std::string& text)>;

Handler to(const std::string& ours) {
  return [ours](OptionImporter& to, const std::string& name, const std::string& text) {
    to.take(name, text, ours, {text});
  };
}

Handler words(const std::string& ours, std::map<std::string, Texts> table) {
  return [=](OptionImporter& to, const std::string& name, const std::string& text) {
    const auto found = table.find(text);
    auto values = found == table.end() ? Texts{text} : found->second;
    to.take(name, text, ours, values);
  };
}

// What our trainer does anyway, or what only says how fast theirs runs.
Handler unneeded(const std::string& why) {
  return [why](OptionImporter& to, const std::string& name, const std::string& text) { to.takeAsIs(name, text, why); };
}

Handler note(const std::string& what) {
  return [what](OptionImporter& to, const std::string& name, const std::string& text) {
    to.leave(name, text, "belongs to the project, see below");
    to.note(what, text);
  };
}

Handler cannot(const std::string& why) {
  return [why](OptionImporter& to, const std::string& name, const std::string& text) {
    if (text != "false") to.leave(name, text, why);
  };
}

// "512" or "512,512"; a rectangle is not a square.
void takeResolution(OptionImporter& to, const std::string& name, const std::string& text) {
  auto squeezed = text;
  std::erase(squeezed, ' ');
  const auto comma = squeezed.find(',');
  if (comma == std::string::npos || squeezed.substr(0, comma) == squeezed.substr(comma + 1)) {
    to.take(name, text, "resolution", {squeezed.substr(0, comma)});
  } else {
    to.leave(name, text, "we train squares");
  }
}

void takePrecision(OptionImporter& to, const std::string& name, const std::string& text) {
  to.take(name, text, "precision", {text == "no" ? "fp32" : text});
}

void takeModule(OptionImporter& to, const std::string& name, const std::string& text) {
  if (text == "networks.lora") {
    to.take(name, text, "method", {"lora"});
  } else {
    to.leave(name, text, "of networks only networks.lora has a counterpart");
  }
}

// Only train_textual_inversion.py has it.
void takeVectors(OptionImporter& to, const std::string& name, const std::string& text) {
  to.take(name, text, "token_vectors", {text});
  to.take(name, text, "method", {"textual-inversion"});
}

void takeOptimizer(OptionImporter& to, const std::string& name, const std::string& text) {
  std::string lower;
  for (const unsigned char c : text) lower += static_cast<char>(std::tolower(c));
  if (lower == "adamw" && !to.has("optimizer")) return to.takeAsIs(name, text, "AdamW, as it is");
  const bool eight = lower.ends_with("8bit");
  const auto stem = eight ? lower.substr(0, lower.size() - 4) : lower;
  to.take(name, text, "optimizer", eight ? Texts{stem + "-8bit", stem + "8bit", stem + "_8bit"} : Texts{lower});
}

// "weight_decay=0.01", "conv_dim=4" in optimizer_args and network_args.
void takeArguments(OptionImporter& to, const std::string& name, const std::string& text) {
  static const std::map<std::string, std::string> ours = {{"weight_decay", "weight_decay"},
                                                          {"conv_dim", "lora_conv_rank"},
                                                          {"conv_alpha", "lora_conv_alpha"},
                                                          {"loraplus_lr_ratio", "lora_plus_ratio"},
                                                          {"dropout", "lora_dropout"}};
  std::size_t start = 0;
  while (start < text.size()) {
    const auto end = std::min(text.find(", ", start), text.size());
    const auto part = text.substr(start, end - start);
    start = end + 2;
    const auto equals = part.find('=');
    const auto found = ours.find(part.substr(0, equals));
    if (equals == std::string::npos || found == ours.end()) {
      to.leave(name, part, "has no counterpart");
    } else {
      to.take(name, part, found->second, {part.substr(equals + 1)});
    }
  }
}

void takeStop(OptionImporter& to, const std::string& name, const std::string& text) {
  if (text == "-1") {
    to.take(name, text, "text_encoder_learning_rate", {"0"});
  } else {
    to.take(name, text, "text_encoder_stop_step", {text});
  }
}

void takeUnetOnly(OptionImporter& to, const std::string& name, const std::string& text) {
  if (text == "true") to.take(name, text, "text_encoder_learning_rate", {"0"});
}

const std::map<std::string, Handler>& handlers() {
  static const auto kCached = unneeded("we do that anyway");
  static const auto kSpeed = unneeded("is about speed and memory there; nothing to set here");
  static const std::map<std::string, Handler> all = {
      {"max_train_steps", to("steps")},
      {"seed", to("seed")},
      {"learning_rate", to("learning_rate")},
      {"unet_lr", to("learning_rate")},
      {"text_encoder_lr", to("text_encoder_learning_rate")},
      {"learning_rate_te", to("text_encoder_learning_rate")},
      {"learning_rate_te1", to("text_encoder_learning_rate")},
      {"stop_text_encoder_training", takeStop},
      {"network_train_unet_only", takeUnetOnly},
      {"lr_scheduler", words("lr_schedule", {{"constant_with_warmup", {"constant"}},
                                             {"cosine_with_restarts",
                                              {"cosine-restarts", "cosine_with_restarts"}}})},
      {"lr_warmup_steps", to("lr_warmup_steps")},
      {"train_batch_size", to("batch_size")},
      {"batch_size", to("batch_size")},
      {"gradient_accumulation_steps", to("gradient_accumulation")},
      {"max_grad_norm", to("max_grad_norm")},
      {"prior_loss_weight", to("prior_weight")},
      {"mixed_precision", takePrecision},
      {"resolution", takeResolution},
      {"flip_aug", to("flip")},
      {"enable_bucket", to("aspect_buckets")},
      {"random_crop", cannot("random cuts of any size; crop_jitter, a share of the sides, is what comes near")},
      {"color_aug", cannot("other changes of colour; colour_jitter is what comes near")},
      {"masked_loss", [](OptionImporter& to, const std::string& name, const std::string& text) {
         to.take(name, text, "masked_loss", {text});
         to.take(name, "black counts nothing", "unmasked_weight", {"0"});
       }},
      {"save_every_n_steps", to("checkpoint_every")},
      {"sample_every_n_steps", to("preview_every")},
      {"network_module", takeModule},
      {"num_vectors_per_token", takeVectors},
      {"init_word", to("token_init")},
      {"network_dim", to("lora_rank")},
      {"network_alpha", to("lora_alpha")},
      {"network_dropout", to("lora_dropout")},
      {"network_args", takeArguments},
      {"optimizer_args", takeArguments},
      {"optimizer_type", takeOptimizer},
      {"min_snr_gamma", to("snr_gamma")},
      {"noise_offset", to("noise_offset")},
      {"ip_noise_gamma", to("input_perturbation")},
      {"loss_type", words("loss", {{"l2", {"mse"}}, {"smooth_l1", {"smooth-l1", "smooth_l1"}}})},
      {"gradient_checkpointing", to("gradient_checkpointing")},
      {"pretrained_model_name_or_path", note("Model (new --model)")},
      {"train_data_dir", note("Photos (new --photos)")},
      {"image_dir", note("Pictures")},
      {"reg_data_dir", note("Class images (the project's own_priors)")},
      {"class_tokens", note("Words: token and class (new --token, --class)")},
      {"dataset_config", note("The dataset's own file; import it too")},
      {"max_train_epochs", cannot("epochs, which count over steps there, depend on the number of pictures: set steps")},
      {"lr_scheduler_num_cycles", to("lr_cycles")},
      {"lr_scheduler_power", to("lr_power")},
      {"multires_noise_iterations", to("pyramid_noise_levels")},
      {"multires_noise_discount", to("pyramid_noise_discount")},
      {"debiased_estimation_loss", to("debiased_estimation")},
      {"caption_dropout_rate", to("caption_dropout")},
      {"shuffle_caption", to("caption_shuffle")},
      {"keep_tokens", to("caption_keep_tokens")},
      {"caption_extension", [](OptionImporter& to, const std::string& name, const std::string& text) {
         if (text != ".txt") return to.leave(name, text, "captions end in .txt here");
         to.take(name, text, "caption_mode", {"files"});
       }},
      {"min_timestep", to("timestep_min")},
      {"max_timestep", to("timestep_max")},
      {"huber_c", to("huber_c")},
      {"huber_schedule", to("huber_schedule")},
      {"cache_latents", kCached},
      {"cache_latents_to_disk", kCached},
      {"xformers", kSpeed},
      {"sdpa", kSpeed},
      {"mem_eff_attn", kSpeed},
      {"max_data_loader_n_workers", kSpeed},
      {"persistent_data_loader_workers", kSpeed},
      {"lowram", kSpeed},
      {"highvram", kSpeed},
  };
  return all;
}

// These count over a rate of the text encoder's own, so they come after all others.
bool comesLast(const std::string& name) {
  return name == "network_train_unet_only" || name == "stop_text_encoder_training";
}

void takeOne(OptionImporter& to, const std::string& name, const toml::node& node, bool last) {
  if (comesLast(name) != last) return;
  const auto text = textOf(node);
  const auto found = handlers().find(name);
  if (found != handlers().end()) return found->second(to, name, text);
  if (text == "false" || text.empty()) return;  // off there, and not there here
  to.leave(name, text, "has no counterpart");
}

// A training file may have sections, whose names mean nothing; a dataset file has general, datasets and subsets.
void takeTable(OptionImporter& to, const toml::table& table, bool last) {
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (const auto* inner = node.as_table()) {
      takeTable(to, *inner, last);
    } else if (const auto* array = node.as_array(); array != nullptr && !array->empty() && array->front().is_table()) {
      for (const auto& item : *array) {
        if (const auto* subset = item.as_table()) takeTable(to, *subset, last);
      }
    } else {
      takeOne(to, name, node, last);
    }
  }
}

// Their text encoders learn at the common rate unless one of their own is given; with textual inversion it is the words'.
void settleRates(OptionImporter& to) {
  if (to.has("learning_rate") && to.has("method") && to.valueOf("method") == "textual-inversion") {
    const auto rate = to.valueOf("learning_rate");
    to.take("learning_rate", rate, "token_learning_rate", {rate});
    return;
  }
  if (!to.has("learning_rate") || to.has("text_encoder_learning_rate")) return;
  to.take("text_encoder_lr", "not given", "text_encoder_learning_rate", {to.valueOf("learning_rate")});
}

}  // namespace

Result<ImportedOptions> importSdScripts(const std::string& toml, const fs::path& file) {
  const auto broken = [&](const std::string& why) {
    return Error{ErrorCode::Corrupt,
                 file.string() + " is neither JSON of OneTrainer nor TOML of sd-scripts: " + printableText(why) +
                     ". Correct it or name another file.",
                 {},
                 file.string()};
  };
  try {
    const auto table = toml::parse(toml);  // refuses broken UTF-8 and what is nested more than 256 deep
    OptionImporter importer("sd-scripts");
    takeTable(importer, table, false);
    settleRates(importer);
    takeTable(importer, table, true);
    return std::move(importer).result();
  } catch (const toml::parse_error& failure) {
    const auto line = std::to_string(failure.source().begin.line);
    return broken(std::string(failure.description()) + " (line " + line + ")");
  } catch (const std::invalid_argument& failure) {
    return broken(failure.what());
  }
}

}  // namespace likeness
