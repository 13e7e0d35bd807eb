"""Pictures of figures: values in, geometry out; templates/components/chart_*.html write the SVG."""
